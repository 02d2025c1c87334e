/// The mark of the court: a single-horned xiezhi (獬豸), sitting, its horn towards the wrong.
enum Mark {
    /// 32 units square; takes the colour of the text around it. Decoration: the court's name stands beside it.
    static let inline: HTML = """
        <svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false"><path d="\(path)"/></svg>
        """

    static let file: HTML = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="3" fill="#9b1c1f"/>\
        <path fill="#fffdf8" transform="translate(3.2 3.2) scale(.8)" d="\(path)"/></svg>
        """

    private static let path = "M5 2L12 9Z"
}
