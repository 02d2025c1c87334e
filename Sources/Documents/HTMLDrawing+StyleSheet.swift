extension HTMLDrawing {
    /// For the saved file: ink on paper, readable on a phone, printed on A4 as the PDF is.
    static let styleSheet = """
        :root { color-scheme: light dark; }
        body { margin: 0; background: #fdfcf9; color: #1b1b1b; font: 1.0625rem/1.75 "Noto Serif CJK SC", "Songti SC", SimSun, serif; }
        main { max-width: 38em; margin: 0 auto; padding: 2rem 1rem 4rem; }
        header { text-align: center; margin-bottom: 1.5rem; }
        .court { font-size: 1.4rem; font-weight: bold; margin: 0; }
        .translation { color: #555; font-size: .875rem; }
        .case-number { text-align: right; }
        h1 { font-size: 1.5rem; margin: .25rem 0 1rem; }
        h2 { font-size: 1.125rem; margin: 1.5rem 0 .25rem; }
        h3, h4, h5 { font-size: 1rem; margin: 1rem 0 .25rem; }
        p { margin: 0 0 .25rem; overflow-wrap: anywhere; }
        article:lang(zh) > p, article:lang(zh) .party > p { text-indent: 2em; }
        article > p.flush { text-indent: 0 !important; }
        ol.chinese { list-style: simp-chinese-informal; }
        dl { margin: .75rem 0; }
        dl > div { display: flex; flex-wrap: wrap; gap: 0 1em; border-bottom: 1px solid #ddd8cc; padding: .25rem 0; }
        dt { font-weight: bold; min-width: 6em; }
        dd { margin: 0; flex: 1 1 14em; overflow-wrap: anywhere; }
        table { border-collapse: collapse; width: 100%; margin: .75rem 0; font-size: .9375rem; }
        caption { font-weight: bold; padding: .25rem; }
        th, td { border: 1px solid #888; padding: .25rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
        .amounts th, .amounts td { border: 0; font-weight: normal; font-size: 1.0625rem; }
        .amounts td { text-align: right; font-variant-numeric: tabular-nums; }
        .signature { text-align: right; margin-top: 2rem; padding-right: 2em; }
        .note { color: #555; font-size: .875rem; margin-top: 1rem; }
        .page-break { border: 0; border-top: 1px dashed #888; margin: 2rem 0; }
        @media (prefers-color-scheme: dark) {
          body { background: #1b1b1b; color: #eee; }
          .translation, .note { color: #bbb; }
          dl > div { border-color: #444; }
        }
        @media print {
          @page { size: A4; margin: 37mm 26mm 35mm 28mm; }
          body { background: none; color: #000; font-size: 16pt; line-height: 28pt; }
          .compact { font-size: 12pt; line-height: 21pt; }
          main { max-width: none; padding: 0; }
          .page-break { break-after: page; border: 0; margin: 0; }
          .signature, tr { break-inside: avoid; }
        }
        """
}
