import Docket
import Procedure

/// A desk's queue: dense rows, sorted by what is due, moved through by keyboard where script runs.
package struct WorkQueue: Sendable {
    package struct Row: Sendable {
        package let path: String
        /// The first is the link that opens the row.
        package let title: HTML
        package let cells: [HTML]
        package let level: DeadlineChip.Level

        package init(path: String, title: HTML, cells: [HTML], level: DeadlineChip.Level = .calm) {
            self.path = path
            self.title = title
            self.cells = cells
            self.level = level
        }
    }

    package struct Filter: Sendable {
        package let words: Words
        package let path: String
        package let count: Int
        package let isCurrent: Bool

        package init(_ words: Words, path: String, count: Int, isCurrent: Bool) {
            self.words = words
            self.path = path
            self.count = count
            self.isCurrent = isCurrent
        }
    }

    package let name: Words
    package let filters: [Filter]
    /// One for the title and one for each cell.
    package let columns: [Words]
    package let rows: [Row]
    package let pager: Pager?

    package init(_ name: Words, filters: [Filter] = [], columns: [Words], rows: [Row], pager: Pager? = nil) {
        precondition(rows.allSatisfy { $0.cells.count + 1 == columns.count }, "a row has a cell for each column")
        self.name = name
        self.filters = filters
        self.columns = columns
        self.rows = rows
        self.pager = pager
    }

    package func html(_ voice: Voice) -> HTML {
        """
        <section class="queue" data-queue>\(filterList(voice))\
        \(rows.isEmpty ? "<p class=\"empty\">\(voice("没有待办事项。", "Nothing is waiting here."))</p>" : table(voice))\
        \(pager?.html(voice))\(rows.isEmpty ? nil : keys(voice))</section>

        """
    }

    private func filterList(_ voice: Voice) -> HTML? {
        guard !filters.isEmpty else { return nil }
        return """
            <ul class="filters">\(filters.map { filter in
                """
                <li><a href="\(filter.path)"\(attribute: "aria-current", filter.isCurrent ? "true" : nil)>\(voice(filter.words)) \
                <span class="count">\(Matters.said(filter.count))</span></a></li>
                """
            } as [HTML])</ul>

            """
    }

    private func table(_ voice: Voice) -> HTML {
        """
        <div class="scroll" role="region" tabindex="0" aria-label="\(voice(name))"><table class="dense">
        <thead><tr>\(columns.map { "<th scope=\"col\">\(voice($0))</th>" })</tr></thead>
        <tbody>\(rows.map { row in
            """
            <tr class="\(row.level.rawValue)" data-row><th scope="row"><a href="\(row.path)" data-open>\(row.title)</a></th>\
            \(row.cells.map { "<td>\($0)</td>" })</tr>

            """
        } as [HTML])</tbody></table></div>

        """
    }

    /// Shown by the script; single keys can be switched off (WCAG 2.1.4).
    private func keys(_ voice: Voice) -> HTML {
        // A page may have several queues.
        let box = "keys-on-" + name.en.lowercased().filter { $0.isASCII && $0.isLetter }
        return """
            <p class="keys" data-keys hidden><button type="button" class="button quiet small" data-keys-help>\
            \(voice("键盘操作", "Keyboard")) <kbd>?</kbd></button></p>
            <dialog data-keys-dialog aria-label="\(voice("键盘操作", "Keyboard"))"><h2>\(voice("键盘操作", "Keyboard"))</h2>
            <dl class="facts"><div><dt><kbd>j</kbd></dt><dd>\(voice("下一件", "Next"))</dd></div><div><dt><kbd>k</kbd></dt><dd>\(voice("上一件", "Previous"))</dd></div>\
            <div><dt><kbd>Enter</kbd></dt><dd>\(voice("打开", "Open"))</dd></div><div><dt><kbd>?</kbd></dt><dd>\(voice("本说明", "This help"))</dd></div></dl>
            <div class="choice"><input type="checkbox" id="\(box)" data-keys-on><label for="\(box)">\(voice("使用单键操作", "Use single keys"))</label></div>
            <form method="dialog"><button class="button quiet">\(voice("关闭", "Close"))</button></form></dialog>

            """
    }
}

/// "n of n" with the steps to either side.
package struct Pager: Sendable {
    package let page: Int
    package let pages: Int
    /// The address of a page by its number, from 1.
    package let path: @Sendable (Int) -> String

    package init(page: Int, of pages: Int, path: @escaping @Sendable (Int) -> String) {
        self.page = page
        self.pages = pages
        self.path = path
    }

    package func html(_ voice: Voice) -> HTML {
        guard pages > 1 else { return .empty }
        return """
            <nav class="pager" aria-label="\(voice("分页", "Pages"))">\
            \(page > 1 ? "<a rel=\"prev\" href=\"\(path(page - 1))\">\(voice("上一页", "Previous"))</a> " : nil)\
            <span>\(voice("第\(voice.number(page))页，共\(voice.number(pages))页", "\(voice.number(page)) of \(voice.number(pages))"))</span>\
            \(page < pages ? " <a rel=\"next\" href=\"\(path(page + 1))\">\(voice("下一页", "Next"))</a>" : nil)</nav>

            """
    }
}
