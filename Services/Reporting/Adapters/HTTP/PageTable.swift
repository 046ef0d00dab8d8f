/// One table of the page.
struct PageTable {
    /// A column; its cells are looked up by the indicator.
    struct Column {
        let label: String
        let indicator: Indicator
    }

    let title: String
    let note: String
    let columns: [Column]

    /// The tables of a release: one for each group of figures. That of outcomes has one column for each factor; what a
    /// factor's forms say otherwise stands in a table of its own.
    static func all(of release: Release) -> [PageTable] {
        release.chain.groups.flatMap { group -> [PageTable] in
            let isOutcomes = group.indicators.contains { $0.code == "forms.scored" }
            guard isOutcomes else {
                return [
                    PageTable(
                        title: group.title, note: group.note,
                        columns: group.indicators.map { Column(label: $0.label, indicator: $0) })
                ]
            }
            return outcomes(group, factors: release.chain.factors)
        }
    }

    private static func outcomes(_ group: IndicatorGroup, factors: [String]) -> [PageTable] {
        let byCode = Dictionary(group.indicators.map { ($0.code, $0) }) { first, _ in first }
        func columns(_ result: String) -> [Column] {
            factors.compactMap { factor in
                byCode[.init("factor.\(factor)", result)].map {
                    Column(label: FactorNames.label(of: factor), indicator: $0)
                }
            }
        }
        let heads = group.indicators.filter { $0.of == nil }.map { Column(label: $0.label, indicator: $0) }
        let overall = group.indicators.filter { $0.code == "forms.with-outcome" }
            .map { Column(label: $0.label, indicator: $0) }
        return [
            PageTable(title: "Utfall per riskfaktor", note: group.note, columns: heads + overall + columns("outcome")),
            PageTable(title: "Inget utfall per riskfaktor", note: group.note, columns: heads + columns("none")),
            PageTable(
                title: "Obesvarat per riskfaktor",
                note: "Andel av bedömda formulär där ett uteblivet svar kunde ha gett utfall.",
                columns: heads + columns("unknown")),
        ]
    }

    func html(id: String, release: Release, places: [Place], names: PlaceNames) -> String {
        let heads = columns.map { "<th scope=\"col\">\($0.label.escaped)</th>" }.joined()
        let bodies = Self.bodies(of: places).map { title, places in
            let rows = places.map { row(of: $0, release: release, names: names) }.joined(separator: "\n")
            let head = title.isEmpty ? "" : groupHead(title)
            return "<tbody>\(head)\n\(rows)</tbody>"
        }
        return """
            <section aria-labelledby="\(id)">
            <h2 id="\(id)">\(title.escaped)</h2>
            <p class="note">\(note.escaped)</p>
            <div class="scroll" role="region" aria-labelledby="\(id)" tabindex="0">
            <table><caption class="spoken">\(title.escaped)</caption>
            <thead><tr><td></td>\(heads)</tr></thead>
            \(bodies.joined(separator: "\n"))
            </table></div></section>
            """
    }

    private func groupHead(_ title: String) -> String {
        "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"\(columns.count + 1)\">\(title.escaped)</th></tr>"
    }

    /// The rows in their bodies: the region, its units, where families live.
    private static func bodies(of places: [Place]) -> [(title: String, places: [Place])] {
        let byBody = Dictionary(grouping: places) { place in
            switch place {
            case .region: ""
            case .municipality, .unit, .unitWithheld: "Efter mottagning"
            case .residence, .residenceWithheld: "Efter kommun där familjen bor"
            }
        }
        return ["", "Efter mottagning", "Efter kommun där familjen bor"].compactMap { title in
            byBody[title].map { (title, $0) }
        }
    }

    private func row(of place: Place, release: Release, names: PlaceNames) -> String {
        var level = "place"
        if case .unit = place { level = "unit" }
        if place == .region { level = "whole" }
        let cells = columns.map { Self.cell(release.figure($0.indicator, at: place)) }.joined()
        return "<tr class=\"\(level)\"><th scope=\"row\">\(names.name(of: place).escaped)</th>\(cells)</tr>"
    }

    private static func cell(_ figure: Figure) -> String {
        switch figure.cell {
        case .count(let number):
            guard let share = figure.share else { return "<td>\(number.inSwedish)</td>" }
            return "<td>\(number.inSwedish) <span class=\"share\">\(share.inSwedish) "
                + "<span class=\"interval\">(\(share.intervalInSwedish))</span></span></td>"
        case .suppressed: return symbol("..", "visas inte")
        case .missing: return symbol("-", "saknas")
        case .notApplicable: return symbol(".", "inte aktuellt")
        }
    }

    /// Dots are nothing to a screen reader.
    private static func symbol(_ text: String, _ spoken: String) -> String {
        "<td class=\"symbol\"><span aria-hidden=\"true\">\(text)</span><span class=\"spoken\">\(spoken)</span></td>"
    }

    /// A table of names and texts.
    static func plain(id: String, title: String, heads: [String], rows: [(String, [String])]) -> String {
        let head = heads.map { $0.isEmpty ? "<td></td>" : "<th scope=\"col\">\($0.escaped)</th>" }.joined()
        let body = rows.map { name, cells in
            "<tr><th scope=\"row\">\(name.escaped)</th>"
                + cells.map { "<td>\($0.escaped)</td>" }.joined() + "</tr>"
        }
        return """
            <section aria-labelledby="\(id)">
            <h2 id="\(id)">\(title.escaped)</h2>
            <table class="plain"><caption class="spoken">\(title.escaped)</caption><thead><tr>\(head)</tr></thead>
            <tbody>\(body.joined(separator: "\n"))</tbody></table></section>
            """
    }
}
