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
        M28.6.8 21.2 6.9C23.9 7.5 26.3 9 27.8 11.2L27.6 13.4C26.2 14.5 24.6 14.7 23 14.5 22.7 16.6 23.2 18.4 23.4 20.4L23.9 \
        26.6 26.4 28.2V30H20L18.9 22.9C18.3 24.8 17.5 25.9 16.4 26.9L18.9 28.2V30H8.8C5.9 28.7 5.2 25.5 6.1 22.5 7.2 18.9 10 \
        17.5 12.2 15.1 13.8 13.3 14.1 10.4 15.4 8.6L13.2 4.6 17.8 6.7C18.2 6.6 18.7 6.5 19.2 6.5ZM5.7 27.4C2.1 25.2 1.6 20.8 \
        4 18.2 5.1 17 5 15.4 3.7 14.5 6.6 13.9 8.3 16.3 7 18.8 5.6 21.4 4.7 24.2 5.7 27.4ZM22.6 9.3A1 1 0 1 0 22.6 11.3 1 1 0 0 0 22.6 9.3Z
        """
}
