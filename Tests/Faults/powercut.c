/* What a disk holds after a power cut: loaded into the real server with LD_PRELOAD.
 *
 * Beside the data folder it keeps an image. A file's bytes come into the image when that file is synced; a name, its
 * change or its removal when the folder it is in is synced. Nothing else does, so after a SIGKILL the image is the
 * disk after the cut, and powercut.py makes a data folder of it again.
 *
 * Strict: the sync of a new file does not keep its name, as ext4 would; POSIX does not promise it. Lenient in one place:
 * a file moved between two folders is moved in both when either is synced, since file systems move in one step.
 * -shm files are left out: they hold nothing across a crash, and SQLite maps them.
 *
 *   POWERCUT_DATA         the folder watched
 *   POWERCUT_IMAGE        an empty folder for the image:
 *                           content/ID   the synced bytes of a file
 *                           entries/ID   the synced names of a folder, each "TYPE ID NAME" and a zero byte
 *                           root         the ID of the folder watched
 *                           inodes       "INODE ID" a line, the last one for an inode counts
 *                           switched     there when POWERCUT_SYNCHRONOUS changed a statement
 *   POWERCUT_PAUSE        microseconds a sync takes (300), so that a cut also falls between a write and its sync
 *   POWERCUT_LIE          all: syncs succeed and keep nothing (a lying disk); names: those of folders
 *   POWERCUT_SYNCHRONOUS  0 or 1: what SQLite is told instead of PRAGMA synchronous = FULL
 *
 * It can also write down what any file was ever given, wherever it lay and however soon it went:
 *
 *   POWERCUT_TRAIL        a file that gets all bytes written to plain files, by the server and by programs it starts
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define BLOCK 4096
#define DESCRIPTORS 65536
#define BUCKETS 4096
#define PEERS 16

typedef struct File {
    struct File *next;
    ino_t inode;
    uint64_t id;
    int is_folder;
    /* One bit a block: written since the last sync. */
    uint64_t *dirty;
    size_t words;
    /* Folders that share an unsynced move with this one. */
    struct File *peers[PEERS];
    int peer_count;
    char path[PATH_MAX];
} File;

static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static File *files[BUCKETS];
static File *open_files[DESCRIPTORS];
static char data[PATH_MAX], image[PATH_MAX];
static size_t data_length;
static dev_t device;
static uint64_t next_id = 1;
static int is_watching, lies, lies_of_names, pause_microseconds = 300, inodes_log = -1, trail = -1;

#define REAL(name)                                                                                                     \
    static __typeof__(name) *real;                                                                                     \
    if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

static void give_up(const char *what, const char *about) {
    char text[PATH_MAX + 200];
    int length = snprintf(text, sizeof text, "powercut: %s: %s (%s)\n", what, about, strerror(errno));
    syscall(SYS_write, 2, text, (size_t)length);
    abort();
}

/* --- what is known of each file --- */

static File *find(ino_t inode) {
    for (File *file = files[inode % BUCKETS]; file; file = file->next)
        if (file->inode == inode) return file;
    return NULL;
}

/* A file that was not there before; its inode may have been another file's. */
static File *begin(ino_t inode, int is_folder, const char *path) {
    File *file = find(inode);
    if (!file) {
        file = calloc(1, sizeof *file);
        file->next = files[inode % BUCKETS];
        files[inode % BUCKETS] = file;
    } else {
        free(file->dirty);
        file->dirty = NULL;
        file->words = 0;
        file->peer_count = 0;
    }
    file->inode = inode;
    file->id = next_id++;
    file->is_folder = is_folder;
    snprintf(file->path, sizeof file->path, "%s", path);
    char line[64];
    int length = snprintf(line, sizeof line, "%lu %lu\n", (unsigned long)inode, (unsigned long)file->id);
    if (syscall(SYS_write, inodes_log, line, (size_t)length) != length) give_up("inodes", image);
    return file;
}

static void touch_blocks(File *file, off_t from, off_t to) {
    if (to <= from) return;
    size_t first = (size_t)(from / BLOCK), last = (size_t)((to - 1) / BLOCK);
    if (last / 64 >= file->words) {
        size_t words = last / 64 + 64;
        file->dirty = realloc(file->dirty, words * sizeof *file->dirty);
        memset(file->dirty + file->words, 0, (words - file->words) * sizeof *file->dirty);
        file->words = words;
    }
    for (size_t block = first; block <= last; block++) file->dirty[block / 64] |= 1ull << (block % 64);
}

static int is_watched(const char *path) {
    if (strncmp(path, data, data_length) != 0 || (path[data_length] != '/' && path[data_length] != 0)) return 0;
    size_t length = strlen(path);
    return length < 4 || strcmp(path + length - 4, "-shm") != 0;
}

/* The file behind a descriptor, nil when it is not ours. */
static File *watched(int fd) {
    if (!is_watching || fd < 0 || fd >= DESCRIPTORS || !open_files[fd]) return NULL;
    struct stat status;
    if (fstat(fd, &status) != 0 || status.st_dev != device || status.st_ino != open_files[fd]->inode) {
        /* Closed where we could not see it. */
        open_files[fd] = NULL;
        return NULL;
    }
    return open_files[fd];
}

/* --- keeping --- */

static int plain_open(const char *path, int flags, int mode) {
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags | O_CLOEXEC, mode);
}

/* Brings the blocks written since the last sync into the image. */
static void keep_content(File *file, int fd) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/content/%lu", image, (unsigned long)file->id);
    int target = plain_open(path, O_WRONLY | O_CREAT, 0600);
    if (target < 0) give_up("content", path);
    struct stat status;
    if (fstat(fd, &status) != 0) give_up("fstat", file->path);
    /* The descriptor may be for writing only. */
    char name[64];
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    int source = plain_open(name, O_RDONLY, 0);
    if (source < 0) give_up("reopen", file->path);
    static __thread char block[BLOCK];
    for (size_t word = 0; word < file->words; word++) {
        if (!file->dirty[word]) continue;
        for (int bit = 0; bit < 64; bit++) {
            if (!(file->dirty[word] >> bit & 1)) continue;
            off_t at = (off_t)(word * 64 + (size_t)bit) * BLOCK;
            ssize_t got = syscall(SYS_pread64, source, block, (size_t)BLOCK, at);
            if (got < 0) give_up("read", file->path);
            if (got > 0 && syscall(SYS_pwrite64, target, block, (size_t)got, at) != got) give_up("keep", path);
        }
        file->dirty[word] = 0;
    }
    if (syscall(SYS_ftruncate, target, status.st_size) != 0) give_up("length", path);
    syscall(SYS_close, source);
    syscall(SYS_close, target);
}

static void keep_names_of(File *folder) {
    DIR *listing = opendir(folder->path);
    if (!listing) {
        if (errno == ENOENT) return;
        give_up("list", folder->path);
    }
    char path[PATH_MAX], draft[PATH_MAX];
    snprintf(path, sizeof path, "%s/entries/%lu", image, (unsigned long)folder->id);
    snprintf(draft, sizeof draft, "%s/entries/%lu.new", image, (unsigned long)folder->id);
    int target = plain_open(draft, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (target < 0) give_up("names", draft);
    for (struct dirent *entry; (entry = readdir(listing));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        char inner[PATH_MAX + 300];
        snprintf(inner, sizeof inner, "%s/%s", folder->path, entry->d_name);
        if (!is_watched(inner)) continue;
        struct stat status;
        if (lstat(inner, &status) != 0) continue;
        File *file = find(status.st_ino);
        if (!file) give_up("a file nobody was seen to make", inner);
        char line[400];
        int length = snprintf(line, sizeof line, "%c %lu %s", file->is_folder ? 'd' : 'f', (unsigned long)file->id,
                              entry->d_name);
        if (syscall(SYS_write, target, line, (size_t)length + 1) != length + 1) give_up("names", draft);
    }
    closedir(listing);
    syscall(SYS_close, target);
    /* In one step: a kill in between leaves the old names or the new ones. */
    if (syscall(SYS_rename, draft, path) != 0) give_up("names", path);
}

static void keep_names(File *folder) {
    keep_names_of(folder);
    while (folder->peer_count > 0) {
        File *peer = folder->peers[--folder->peer_count];
        for (int place = 0; place < peer->peer_count; place++)
            if (peer->peers[place] == folder) peer->peers[place--] = peer->peers[--peer->peer_count];
        keep_names(peer);
    }
}

static void join_peers(File *one, File *other) {
    if (!one || !other || one == other) return;
    for (int place = 0; place < one->peer_count; place++)
        if (one->peers[place] == other) return;
    if (one->peer_count == PEERS || other->peer_count == PEERS) give_up("too many folders in one move", one->path);
    one->peers[one->peer_count++] = other;
    other->peers[other->peer_count++] = one;
}

/* Everything there at the start was there before the cut. */
static void take_in(const char *path) {
    struct stat status;
    if (lstat(path, &status) != 0) give_up("stat", path);
    File *file = find(status.st_ino);
    if (file && !file->is_folder) return;
    file = begin(status.st_ino, S_ISDIR(status.st_mode), path);
    if (!file->is_folder) {
        int fd = plain_open(path, O_RDONLY, 0);
        if (fd < 0) give_up("open", path);
        touch_blocks(file, 0, status.st_size);
        keep_content(file, fd);
        syscall(SYS_close, fd);
        return;
    }
    DIR *listing = opendir(path);
    if (!listing) give_up("list", path);
    for (struct dirent *entry; (entry = readdir(listing));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        char inner[PATH_MAX + 300];
        snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        if (is_watched(inner)) take_in(inner);
    }
    closedir(listing);
    keep_names_of(file);
}

__attribute__((constructor)) static void start(void) {
    const char *folder = getenv("POWERCUT_DATA"), *target = getenv("POWERCUT_IMAGE");
    const char *trail_path = getenv("POWERCUT_TRAIL");
    if (trail_path && *trail_path) {
        trail = plain_open(trail_path, O_WRONLY | O_CREAT | O_APPEND, 0600);
        if (trail < 0) give_up("trail", trail_path);
        return;
    }
    /* Programs the server starts are not watched. */
    unsetenv("LD_PRELOAD");
    if (!folder || !target || !realpath(folder, data) || !realpath(target, image)) return;
    data_length = strlen(data);
    const char *lie = getenv("POWERCUT_LIE"), *pause = getenv("POWERCUT_PAUSE");
    lies = lie && strcmp(lie, "all") == 0;
    lies_of_names = lie && strcmp(lie, "names") == 0;
    if (pause) pause_microseconds = atoi(pause);
    struct stat status;
    if (stat(data, &status) != 0) give_up("stat", data);
    device = status.st_dev;
    char path[PATH_MAX + 10];
    snprintf(path, sizeof path, "%s/content", image);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/entries", image);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/inodes", image);
    inodes_log = plain_open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
    take_in(data);
    snprintf(path, sizeof path, "%s/root", image);
    char line[32];
    int length = snprintf(line, sizeof line, "%lu", (unsigned long)find(status.st_ino)->id);
    int root = plain_open(path, O_WRONLY | O_CREAT, 0600);
    if (syscall(SYS_write, root, line, (size_t)length) != length) give_up("root", path);
    syscall(SYS_close, root);
    is_watching = 1;
}

/* --- calls that make durable --- */

static int keep(int fd) {
    char name[64], path[PATH_MAX];
    if (pause_microseconds > 0) usleep((useconds_t)pause_microseconds);
    pthread_mutex_lock(&lock);
    File *file = watched(fd);
    if (!file) {
        snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
        ssize_t length = readlink(name, path, sizeof path - 1);
        path[length < 0 ? 0 : length] = 0;
        if (is_watched(path)) give_up("synced, but never seen to be opened", path);
    } else if (!lies) {
        if (!file->is_folder)
            keep_content(file, fd);
        else if (!lies_of_names)
            keep_names(file);
    }
    pthread_mutex_unlock(&lock);
    return file != NULL;
}

int fsync(int fd) {
    REAL(fsync);
    /* A kill leaves the page cache, so the real disk need not be troubled. */
    return is_watching && keep(fd) ? 0 : real(fd);
}

int fdatasync(int fd) {
    REAL(fdatasync);
    return is_watching && keep(fd) ? 0 : real(fd);
}

void sync(void) { give_up("not modelled", "sync"); }
int syncfs(int fd) {
    (void)fd;
    give_up("not modelled", "syncfs");
    return -1;
}

/* --- descriptors --- */

static void resolve(int at, const char *path, char *absolute) {
    char folder[PATH_MAX];
    if (path[0] == '/') {
        snprintf(absolute, PATH_MAX, "%s", path);
        return;
    }
    char name[64];
    ssize_t length = -1;
    if (at != AT_FDCWD) {
        snprintf(name, sizeof name, "/proc/self/fd/%d", at);
        length = readlink(name, folder, sizeof folder - 1);
        if (length >= 0) folder[length] = 0;
    } else if (getcwd(folder, sizeof folder)) {
        length = (ssize_t)strlen(folder);
    }
    if (length < 0 || snprintf(absolute, PATH_MAX, "%s/%s", folder, path) >= PATH_MAX) absolute[0] = 0;
}

static void opened(int fd, const char *absolute, int was_there, int flags, off_t old_size) {
    if (fd < 0 || fd >= DESCRIPTORS) return;
    open_files[fd] = NULL;
    char name[64], path[PATH_MAX];
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(name, path, sizeof path - 1);
    if (length <= 0) return;
    path[length] = 0;
    if (!is_watched(path)) return;
    (void)absolute;
    struct stat status;
    if (fstat(fd, &status) != 0 || status.st_dev != device) return;
    File *file = find(status.st_ino);
    if (!was_there) file = begin(status.st_ino, S_ISDIR(status.st_mode), path);
    if (!file) give_up("opened, but nobody was seen to make it", path);
    if (flags & O_TRUNC) touch_blocks(file, 0, old_size);
    open_files[fd] = file;
}

static int open_at(int at, const char *path, int flags, int mode) {
    if (!is_watching) return (int)syscall(SYS_openat, at, path, flags, mode);
    char absolute[PATH_MAX];
    resolve(at, path, absolute);
    pthread_mutex_lock(&lock);
    struct stat before;
    int was_there = fstatat(at, path, &before, 0) == 0 && (flags & O_TMPFILE) != O_TMPFILE;
    int fd = (int)syscall(SYS_openat, at, path, flags, mode);
    int code = errno;
    if (fd >= 0) opened(fd, absolute, was_there, flags, was_there ? before.st_size : 0);
    pthread_mutex_unlock(&lock);
    errno = code;
    return fd;
}

#define OPEN_MODE                                                                                                      \
    int mode = 0;                                                                                                      \
    if (flags & (O_CREAT | O_TMPFILE)) {                                                                               \
        va_list rest;                                                                                                  \
        va_start(rest, flags);                                                                                         \
        mode = va_arg(rest, int);                                                                                      \
        va_end(rest);                                                                                                  \
    }

int open(const char *path, int flags, ...) { OPEN_MODE return open_at(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { OPEN_MODE return open_at(AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { OPEN_MODE return open_at(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { OPEN_MODE return open_at(at, path, flags, mode); }
int creat(const char *path, mode_t mode) { return open_at(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, (int)mode); }

int close(int fd) {
    REAL(close);
    if (fd >= 0 && fd < DESCRIPTORS) open_files[fd] = NULL;
    return real(fd);
}

static int copied(int from, int to) {
    if (to >= 0 && to < DESCRIPTORS && from >= 0 && from < DESCRIPTORS) open_files[to] = open_files[from];
    return to;
}

int dup(int fd) {
    REAL(dup);
    return copied(fd, real(fd));
}
int dup2(int fd, int to) {
    REAL(dup2);
    return copied(fd, real(fd, to));
}
int dup3(int fd, int to, int flags) {
    REAL(dup3);
    return copied(fd, real(fd, to, flags));
}

/* --- calls that write --- */

static off_t position(int fd) {
    struct stat status;
    if (fcntl(fd, F_GETFL) & O_APPEND) return fstat(fd, &status) == 0 ? status.st_size : 0;
    off_t at = lseek(fd, 0, SEEK_CUR);
    return at < 0 ? 0 : at;
}

static void leave_trail(int fd, const void *bytes, size_t count) {
    struct stat status;
    if (trail < 0 || fd == trail || fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) return;
    int code = errno;
    if (syscall(SYS_write, trail, bytes, count) != (long)count) give_up("trail", "write");
    errno = code;
}

static void leave_trails(int fd, const struct iovec *parts, int count) {
    for (int place = 0; place < count; place++) leave_trail(fd, parts[place].iov_base, parts[place].iov_len);
}

/* Runs a call that writes at `from` and notes what it wrote. */
#define WRITING(fd, from, call)                                                                                        \
    if (!is_watching || fd < 0 || fd >= DESCRIPTORS || !open_files[fd]) return call;                                   \
    pthread_mutex_lock(&lock);                                                                                         \
    File *file = watched(fd);                                                                                          \
    off_t at = file ? (from) : 0;                                                                                      \
    ssize_t done = call;                                                                                               \
    int code = errno;                                                                                                  \
    if (file && done > 0) touch_blocks(file, at, at + done);                                                           \
    pthread_mutex_unlock(&lock);                                                                                       \
    errno = code;                                                                                                      \
    return done;

ssize_t write(int fd, const void *bytes, size_t count) {
    REAL(write);
    leave_trail(fd, bytes, count);
    WRITING(fd, position(fd), real(fd, bytes, count))
}
ssize_t writev(int fd, const struct iovec *parts, int count) {
    REAL(writev);
    leave_trails(fd, parts, count);
    WRITING(fd, position(fd), real(fd, parts, count))
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) {
    REAL(pwrite);
    leave_trail(fd, bytes, count);
    WRITING(fd, offset, real(fd, bytes, count, offset))
}
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
    REAL(pwrite64);
    leave_trail(fd, bytes, count);
    WRITING(fd, offset, real(fd, bytes, count, offset))
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
    REAL(pwritev);
    leave_trails(fd, parts, count);
    WRITING(fd, offset, real(fd, parts, count, offset))
}
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) {
    REAL(pwritev64);
    leave_trails(fd, parts, count);
    WRITING(fd, offset, real(fd, parts, count, offset))
}
ssize_t copy_file_range(int from, off64_t *from_at, int fd, off64_t *to_at, size_t count, unsigned flags) {
    REAL(copy_file_range);
    WRITING(fd, to_at ? *to_at : position(fd), real(from, from_at, fd, to_at, count, flags))
}
ssize_t sendfile(int fd, int from, off_t *offset, size_t count) {
    REAL(sendfile);
    WRITING(fd, position(fd), real(fd, from, offset, count))
}
ssize_t sendfile64(int fd, int from, off64_t *offset, size_t count) {
    REAL(sendfile64);
    WRITING(fd, position(fd), real(fd, from, offset, count))
}

static int resized(int fd, off_t size) {
    struct stat before;
    int known = fstat(fd, &before) == 0;
    int result = (int)syscall(SYS_ftruncate, fd, size);
    File *file = known && result == 0 ? watched(fd) : NULL;
    /* Also what lies behind the new end: it reads as zeros if the file grows again. */
    off_t least = size < before.st_size ? size : before.st_size, most = size < before.st_size ? before.st_size : size;
    if (file) touch_blocks(file, least, most);
    return result;
}

int ftruncate(int fd, off_t size) { return resized(fd, size); }
int ftruncate64(int fd, off64_t size) { return resized(fd, size); }

static int resized_path(const char *path, off_t size) {
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) return -1;
    int result = resized(fd, size), code = errno;
    close(fd);
    errno = code;
    return result;
}

int truncate(const char *path, off_t size) { return resized_path(path, size); }
int truncate64(const char *path, off64_t size) { return resized_path(path, size); }

static int reserved(int fd, int mode, off_t offset, off_t length) {
    int result = (int)syscall(SYS_fallocate, fd, mode, offset, length);
    File *file = result == 0 ? watched(fd) : NULL;
    if (file) touch_blocks(file, offset, offset + length);
    return result;
}

int fallocate(int fd, int mode, off_t offset, off_t length) { return reserved(fd, mode, offset, length); }
int fallocate64(int fd, int mode, off64_t offset, off64_t length) { return reserved(fd, mode, offset, length); }
int posix_fallocate(int fd, off_t offset, off_t length) { return reserved(fd, 0, offset, length) == 0 ? 0 : errno; }
int posix_fallocate64(int fd, off64_t offset, off64_t length) { return posix_fallocate(fd, offset, length); }

/* --- names --- */

static File *folder_of(const char *absolute) {
    char parent[PATH_MAX];
    snprintf(parent, sizeof parent, "%s", absolute);
    char *slash = strrchr(parent, '/');
    if (!slash || slash == parent) return NULL;
    *slash = 0;
    struct stat status;
    char whole[PATH_MAX];
    if (!realpath(parent, whole) || !is_watched(whole) || stat(whole, &status) != 0) return NULL;
    File *folder = find(status.st_ino);
    if (!folder) give_up("a folder nobody was seen to make", whole);
    return folder;
}

static int made_folder(int at, const char *path, mode_t mode) {
    pthread_mutex_lock(&lock);
    int result = (int)syscall(SYS_mkdirat, at, path, mode), code = errno;
    char absolute[PATH_MAX], whole[PATH_MAX];
    resolve(at, path, absolute);
    struct stat status;
    if (result == 0 && is_watching && realpath(absolute, whole) && is_watched(whole) && stat(whole, &status) == 0)
        begin(status.st_ino, 1, whole);
    pthread_mutex_unlock(&lock);
    errno = code;
    return result;
}

int mkdir(const char *path, mode_t mode) { return made_folder(AT_FDCWD, path, mode); }
int mkdirat(int at, const char *path, mode_t mode) { return made_folder(at, path, mode); }

static int moved(int from_at, const char *from, int to_at, const char *to, unsigned flags) {
    if (!is_watching) return (int)syscall(SYS_renameat2, from_at, from, to_at, to, flags);
    char old[PATH_MAX], new[PATH_MAX];
    resolve(from_at, from, old);
    resolve(to_at, to, new);
    pthread_mutex_lock(&lock);
    File *source = folder_of(old), *target = folder_of(new);
    struct stat status;
    if ((source != NULL) != (target != NULL)) give_up("a move across the edge of the folder", new);
    int result = (int)syscall(SYS_renameat2, from_at, from, to_at, to, flags), code = errno;
    if (result == 0 && target) {
        join_peers(source, target);
        if (fstatat(to_at, to, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode))
            give_up("folders are not moved in this model", new);
    }
    pthread_mutex_unlock(&lock);
    errno = code;
    return result;
}

int rename(const char *from, const char *to) { return moved(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int from_at, const char *from, int to_at, const char *to) { return moved(from_at, from, to_at, to, 0); }
int renameat2(int from_at, const char *from, int to_at, const char *to, unsigned flags) {
    return moved(from_at, from, to_at, to, flags);
}

/* --- SQLite, told another mode --- */

typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;

static const char *switched(const char *sql, int bytes, char **copy) {
    static const char full[] = "PRAGMA synchronous = FULL";
    const char *mode = getenv("POWERCUT_SYNCHRONOUS");
    const char *found = mode && *mode && sql ? strstr(sql, full) : NULL;
    if (!found || bytes >= 0) return sql;
    *copy = strdup(sql);
    char *word = *copy + (found - sql) + sizeof full - 1 - 4;
    memset(word, ' ', 4);
    word[0] = *mode;
    char path[PATH_MAX + 10];
    snprintf(path, sizeof path, "%s/switched", image);
    syscall(SYS_close, plain_open(path, O_WRONLY | O_CREAT, 0600));
    return *copy;
}

/* The rest of the text is told as a place in the caller's own. */
#define PREPARING(call)                                                                                                \
    char *copy = NULL;                                                                                                 \
    const char *text = switched(sql, bytes, &copy), *end = NULL;                                                       \
    int result = call;                                                                                                 \
    if (rest) *rest = end ? sql + (end - text) : NULL;                                                                 \
    free(copy);                                                                                                        \
    return result;

int sqlite3_prepare_v2(sqlite3 *db, const char *sql, int bytes, sqlite3_stmt **statement, const char **rest) {
    REAL(sqlite3_prepare_v2);
    PREPARING(real(db, text, bytes, statement, &end))
}

int sqlite3_prepare_v3(sqlite3 *db, const char *sql, int bytes, unsigned flags, sqlite3_stmt **statement,
                       const char **rest) {
    REAL(sqlite3_prepare_v3);
    PREPARING(real(db, text, bytes, flags, statement, &end))
}
