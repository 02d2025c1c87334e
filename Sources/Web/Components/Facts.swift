import Procedure

/// Facts in two columns, also as "check your answers": each with a link that changes it.
package struct Facts: Sendable {
    package struct Fact: Sendable {
        package let name: Words
        package let value: HTML
        /// Leads to the page that changes it; nil where it cannot be changed here.
        package let change: String?

        package init(_ name: Words, _ value: HTML, change: String? = nil) {
            self.name = name
            self.value = value
            self.change = change
        }
    }

    package let facts: [Fact]

    package init(_ facts: [Fact]) { self.facts = facts }

    package func html(_ voice: Voice) -> HTML {
        """
        <dl class="facts">\(facts.map { fact in
            """
            <div><dt>\(voice(fact.name))</dt><dd>\(fact.value)</dd>\(fact.change.map { path in
                """
                <dd class="change"><a href="\(path)">\(voice("修改", "Change"))<span class="unseen"> \(voice(fact.name))</span></a></dd>
                """
            })</div>

            """ as HTML
        })</dl>

        """
    }
}

/// A table of sums with a total, aligned by the decimal point.
package struct MoneyTable: Sendable {
    package let caption: Words
    package let rows: [(what: HTML, sum: Money)]
    package let total: Money?

    package init(_ caption: Words, _ rows: [(what: HTML, sum: Money)], total: Money?) {
        self.caption = caption
        self.rows = rows
        self.total = total
    }

    package func html(_ voice: Voice) -> HTML {
        """
        <table class="money"><caption>\(voice(caption))</caption>
        <thead><tr><th scope="col">\(voice("项目", "Item"))</th><th scope="col" class="sum">\(voice("金额", "Amount"))</th></tr></thead>
        <tbody>\(rows.map { "<tr><td>\($0.what)</td><td class=\"sum\">\(voice.money($0.sum))</td></tr>" })</tbody>
        \(total.map { "<tfoot><tr><th scope=\"row\">\(voice("合计", "Total"))</th><td class=\"sum\">\(voice.money($0))</td></tr></tfoot>" })
        </table>

        """
    }
}

/// Who fills a place in the case: the role, the name, and what may be shown of them.
package struct PartyCard: Sendable {
    package let role: Words
    package let name: String
    package let lines: [HTML]
    package let isViewer: Bool

    package init(role: Words, name: String, lines: [HTML] = [], isViewer: Bool = false) {
        self.role = role
        self.name = name
        self.lines = lines
        self.isViewer = isViewer
    }

    package func html(_ voice: Voice) -> HTML {
        """
        <div class="party"><p class="role">\(voice(role))\(isViewer ? " <span class=\"you\">\(voice("您", "You"))</span>" : nil)</p>\
        <p class="name">\(said: name)</p>\(lines.map { "<p>\($0)</p>" })</div>

        """
    }
}
