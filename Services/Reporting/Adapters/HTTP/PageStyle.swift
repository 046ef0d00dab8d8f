/// The page's looks. Contrast at least 7:1 for text; nothing is told by colour alone.
enum PageStyle {
    static let css = """
        :root { color-scheme: light; --ink: #1c2733; --soft: #46535f; --line: #c9d2da; --band: #f1f5f8;
            --deep: #0b4a6f; --paper: #ffffff; }
        * { box-sizing: border-box; }
        body { margin: 0; color: var(--ink); background: var(--paper);
            font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; }
        header { padding: 1.5rem max(1rem, calc((100vw - 80rem) / 2 + 1rem)); color: #fff; background: var(--deep); }
        main { max-width: 80rem; margin: 0 auto; padding: 1rem 1rem 4rem; }
        main:focus { outline: none; }
        h1 { margin: 0; font-size: 1.75rem; line-height: 1.2; }
        h2 { scroll-margin-top: 1rem; margin: 2.5rem 0 .5rem; font-size: 1.25rem; line-height: 1.3; }
        .system { margin: 0 0 .25rem; font-weight: 600; letter-spacing: .02em; }
        a { color: var(--deep); }
        a:focus-visible, .scroll:focus-visible { outline: 3px solid #b35a00; outline-offset: 2px; }
        .skip { position: absolute; left: -999rem; padding: .75rem 1rem; background: #fff; }
        .skip:focus { left: 1rem; top: 1rem; z-index: 1; }
        .notice { margin: 1rem 0; padding: .75rem 1rem; border-left: .375rem solid #b35a00; background: #fff4e3; }
        .asof { color: var(--soft); }
        nav h2 { margin-top: 1.5rem; }
        nav ul { margin: 0; padding-left: 1.25rem; columns: 18rem; }
        nav li { break-inside: avoid; padding: .125rem 0; }
        .scroll { overflow-x: auto; position: relative; }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
        table.plain { width: auto; }
        .note { margin: 0 0 .5rem; color: var(--soft); }
        th, td { padding: .375rem .5rem; border-bottom: 1px solid var(--line); text-align: right;
            vertical-align: top; }
        tbody th, thead td { text-align: left; font-weight: 400; }
        .scroll tbody th { position: sticky; left: 0; min-width: 9rem; background: var(--paper); }
        .scroll .whole th { background: var(--band); }
        thead th { vertical-align: bottom; font-weight: 600; border-bottom: 2px solid var(--ink); }
        thead td { border-bottom: 2px solid var(--ink); }
        .plain th:first-child { text-align: left; }
        .whole th, .whole td { font-weight: 700; background: var(--band); }
        .group th { padding-top: 1.25rem; font-weight: 600; border-bottom: 1px solid var(--ink); }
        .unit th { padding-left: 2rem; }
        .share { display: block; font-weight: 400; font-size: .875rem; white-space: nowrap; }
        .interval { color: var(--soft); }
        .symbol { color: var(--soft); }
        .spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
            white-space: nowrap; }
        dl { display: grid; grid-template-columns: 2rem 1fr; gap: .25rem .5rem; margin: 0; max-width: 48rem; }
        dt { font-weight: 700; }
        dd { margin: 0; }
        section > p { max-width: 48rem; }
        @media print { .skip, nav { display: none; } header { color: #000; background: none; }
            section { break-inside: avoid; } }

        """
}
