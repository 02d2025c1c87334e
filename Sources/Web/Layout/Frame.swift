import Procedure

/// What stands around every page: skip link, header, banner, switches, footer.
struct Frame {
    let page: Page
    let context: CourtContext

    private var voice: Voice { context.voice }
    private var site: Site { context.site }
    private var place: String { page.place ?? context.place }

    var html: HTML {
        let title = (page.hasErrors ? voice("错误：", "Error: ") : "") + page.title + " · " + voice(site.court.name)
        return """
            <!DOCTYPE html>
            <html lang="\(voice.language.rawValue)" class="\(classes)"\(attribute: "data-live", live)>
            <head>
            <meta charset="utf-8">
            <title>\(title)</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="\(colorScheme)">
            <meta name="csrf" content="\(context.proof.token())">
            <link rel="icon" href="\(Assets.path("mark.svg"))" type="image/svg+xml">
            <link rel="stylesheet" href="\(Assets.path("court.css"))">
            <script src="\(Assets.path("court.js"))" data-digest="\(Assets.path("digest.js"))" defer></script>
            </head>
            <body>
            <a class="skip" href="#main">\(voice("跳到正文", "Skip to the content"))</a>
            \(banner)\(header)\(crumbs)
            <main id="main" class="\(page.width.rawValue)" tabindex="-1">
            \(page.body)
            </main>
            \(footer)
            </body>
            </html>
            """
    }

    private var classes: String {
        var classes = ["theme-\(context.preferences.theme.rawValue)"]
        if let size = context.preferences.largeText { classes += ["large", "large-\(size)"] }
        return classes.joined(separator: " ")
    }

    private var colorScheme: String {
        switch context.preferences.theme {
        case .system: "light dark"
        case .light: "light"
        case .dark: "dark"
        }
    }

    private var live: String? {
        page.following.map { "/live?docket=\($0.rawValue)&seen=\(context.feedNumber)" }
    }

    private var banner: HTML? {
        guard site.court.isDemonstration else { return nil }
        return """
            <aside class="demonstration" aria-label="\(voice("演示法院", "Demonstration court"))"><p>\
            \(voice("演示法院：这里的一切都不具有法律效力，请勿填写真实信息。", "Demonstration court. Nothing here has legal effect. Enter no real data."))
            \(demonstrationCode)</p></aside>

            """
    }

    private var demonstrationCode: HTML? {
        guard let viewer = context.viewer, let code = site.demonstrationCode?(viewer, context.now) else { return nil }
        return """
            <span class="code">\(voice("您的动态口令：", "Your one-time code: "))<strong data-one-time-code>\(code)</strong></span>
            """
    }

    private var header: HTML {
        let links = site.navigation(context)
        return """
            <header class="court">
            <div class="bar">
            <a class="name" href="/">\(Mark.inline)<span>\(voice(site.court.name))</span></a>
            <div class="switches">\(switches)\(session)</div>
            </div>
            \(navigation(links))</header>

            """
    }

    private func navigation(_ links: [Page.Link]) -> HTML? {
        guard !links.isEmpty else { return nil }
        // Of "/desk" and "/desk/service", the page is under the longer one.
        let here = links.filter { context.place == $0.path || context.place.hasPrefix($0.path + "/") }
            .max { $0.path.count < $1.path.count }
        return """
            <nav class="main" aria-label="\(voice("主导航", "Main"))"><ul>
            \(links.map { link in
                """
                <li><a href="\(link.path)"\(attribute: "aria-current", link == here ? "page" : nil)>\
                \(voice(link.words))\(badge(link.count))</a></li>
                """
            })
            </ul></nav>

            """
    }

    private func badge(_ count: Int?) -> HTML? {
        count.map { " <span class=\"count\">\($0)</span>" }
    }

    private var switches: HTML {
        let (language, name) = voice.other
        let large = context.isLarge
        return """
            <a class="switch" data-switch href="\(place)\(separator)lang=\(language.rawValue)" lang="\(language.rawValue)" hreflang="\(language.rawValue)">\(name)</a>\
            <a class="switch" data-switch href="\(place)\(separator)large=\(large ? "off" : "on")">\
            \(large ? voice("标准版", "Standard") : voice("长辈版", "Large"))</a>\(sizes)
            """
    }

    /// In the large mode the text grows further, step by step.
    private var sizes: HTML? {
        guard let size = context.preferences.largeText, let index = Preferences.largeSizes.firstIndex(of: size) else {
            return nil
        }
        let smaller = index > 0 ? Preferences.largeSizes[index - 1] : nil
        let larger = index + 1 < Preferences.largeSizes.count ? Preferences.largeSizes[index + 1] : nil
        func step(_ size: Int?, _ sign: String, _ words: String) -> HTML? {
            size.map {
                "<a class=\"switch\" data-switch href=\"\(place)\(separator)large=\($0)\" aria-label=\"\(words)\">\(sign)</a>"
            }
        }
        return
            "\(step(smaller, "A−", voice("缩小文字", "Smaller text")))\(step(larger, "A+", voice("放大文字", "Larger text")))"
    }

    private var session: HTML {
        guard let viewer = context.viewer else {
            return "<a class=\"switch\" href=\"/sign-in\">\(voice("登录", "Sign in"))</a>"
        }
        return """
            <a class="switch who" href="/account">\(said: viewer.name)</a>\
            <form method="post" action="/sign-out">\(context.formProof)<button class="switch" type="submit">\(voice("退出", "Sign out"))</button></form>
            """
    }

    private var crumbs: HTML? {
        guard !page.breadcrumbs.isEmpty else { return nil }
        return """
            <nav class="crumbs" aria-label="\(voice("当前位置", "You are here"))"><ol>
            \(page.breadcrumbs.map { "<li><a href=\"\($0.path)\">\(voice($0.words))</a></li>" })
            </ol></nav>

            """
    }

    private var footer: HTML {
        let dark = context.preferences.theme == .dark
        return """
            <footer class="court"><div>
            <p>\(voice(site.court.name)) · \(voice(site.court.address)) · \(voice(site.court.counterHours))</p>
            <p>\(voice("线上或线下由您选择，线下办理不影响任何诉讼权利。", "Online is your choice. Coming in person costs you no right."))</p>
            <ul>
            <li><a href="tel:\(site.court.telephone)">\(voice("诉讼服务电话", "Service counter")) \(site.court.telephone)</a></li>
            <li><a href="/offline">\(voice("线下办理", "How to do it in person"))</a></li>
            <li><a data-switch href="\(place)\(separator)theme=\(dark ? "light" : "dark")">\(dark ? voice("浅色", "Light") : voice("深色", "Dark"))</a></li>
            <li>\(voice("獬豸在线法院", "Xiezhi online court")) \(site.version)</li>
            </ul></div></footer>
            """
    }

    private var separator: String { place.contains("?") ? "&" : "?" }
}

extension CourtContext {
    /// What every form of ours carries: the proof that it is ours, and the name of this sending (D31).
    package var formProof: HTML {
        """
        <input type="hidden" name="_csrf" value="\(proof.token())"><input type="hidden" name="_once" value="\(randomHex(bytes: 16))">
        """
    }

    /// The proof alone, for a script that asks for a fresh one.
    package var csrfToken: String { proof.token() }
}
