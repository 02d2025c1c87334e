/// The mark of the court: a single-horned xiezhi (獬豸), sitting, its horn towards the wrong.
enum Mark {
    /// 32 units square; takes the colour of the text around it. Decoration: the court's name stands beside it.
    static let inline: HTML = """
        <svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false"><path fill-rule="evenodd" d="\(path)"/></svg>
        """

    static let file: HTML = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="3" fill="#9b1c1f"/>\
        <path fill="#fffdf8" fill-rule="evenodd" transform="translate(3.2 3.2) scale(.8)" d="\(path)"/></svg>
        """

    /// Horn, head, chest, forelegs, haunch; then the tail and the eye, which the even-odd rule cuts out.
    private static let path: HTML = """
        M28.4.6C26.9 3.9 25.4 5.7 24.5 8.2 26 8.9 27.2 9.9 28 11.3L27.7 13.5C27 14.2 26.2 14.5 25.3 14.7L25.6 18.2 23.3 14.9C23 \
        16.7 23.3 18.5 23.5 20.4L24 26.6 26.5 28.2V30H20.1L19 22.9C18.4 24.8 17.6 25.9 16.5 26.9L19 28.2V30H8.9C6 28.7 5.3 25.5 \
        6.2 22.5 7.3 18.9 10.1 17.5 12.3 15.1 13.2 14 13.6 12.6 14 11.2L12.6 9.9 14.7 9.2 14.2 6.9 16.4 7.4C17 6.9 17.8 6.6 18.7 \
        6.5L17.6 3.2 20.6 6.4C23 4.9 25.6 3 28.4.6ZM5.7 27.4C2.1 25.2 1.6 20.8 4 18.2 5.1 17 5 15.4 3.7 14.5 6.6 13.9 8.3 16.3 \
        7 18.8 5.6 21.4 4.7 24.2 5.7 27.4ZM22.6 9.6A1 1 0 1 0 22.6 11.6 1 1 0 0 0 22.6 9.6Z
        """
}
