internal import Foundation
internal import Runtime

/// A release as one page in Swedish: works without script, tables that a screen reader can walk.
struct ReleasePage {
    let release: Release
    let places: [Place]
    private let names: PlaceNames

    init(release: Release, places: [Place]) {
        self.release = release
        self.places = places
        names = PlaceNames(release)
    }

    var html: String {
        """
        <!DOCTYPE html>
        <html lang="sv">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(mark)BarnSäkert i \(names.regionName.escaped)</title>
        <link rel="stylesheet" href="/style.css">
        </head>
        <body>
        <a class="skip" href="#innehall">Hoppa till innehållet</a>
        <header>
        <p class="system">BarnSäkert</p>
        <h1>Så går det i \(names.regionName.escaped)</h1>
        </header>
        <main id="innehall" tabindex="-1">
        \(origin)
        <p class="asof">\(asOf)</p>
        \(contents)
        \(sections)
        \(resources)
        \(freshness)
        \(reading)
        </main>
        </body>
        </html>

        """
    }

    /// In the title too, so that a tab or a printed page says it.
    private var mark: String { release.origin == .genuine ? "" : "Påhittade uppgifter – " }

    private var origin: String {
        switch release.origin {
        case .genuine: ""
        case .synthetic:
            """
            <p class="notice"><strong>Påhittade uppgifter.</strong> Alla barn, familjer och besök på sidan är \
            påhittade (syntetiska). Siffrorna säger ingenting om verkligheten.</p>
            """
        case .mixed:
            """
            <p class="notice"><strong>Delvis påhittade uppgifter.</strong> Påhittade (syntetiska) uppgifter är \
            inblandade, så siffrorna går inte att lita på.</p>
            """
        }
    }

    private var asOf: String {
        guard let latest = release.freshness.map(\.asOf).max() else { return "Inga uppgifter har kommit in ännu." }
        return "Det senaste som räknats med registrerades <time datetime=\"\(latest.rfc3339)\">"
            + "\(latest.inSwedish.escaped)</time>."
    }

    private var tables: [PageTable] { PageTable.all(of: release) }

    private var contents: String {
        let items = tables.enumerated().map { index, table in
            "<li><a href=\"#tabell-\(index + 1)\">\(table.title.escaped)</a></li>"
        }
        return """
            <nav aria-labelledby="tabeller"><h2 id="tabeller">Tabeller</h2>
            <ul>\(items.joined(separator: "\n"))</ul></nav>
            """
    }

    private var sections: String {
        tables.enumerated().map { index, table in
            table.html(id: "tabell-\(index + 1)", release: release, places: places, names: names)
        }.joined(separator: "\n")
    }

    /// Shown as it is: units and functions are no families.
    private var resources: String {
        let all = release.resources
        let rows = [
            ("Mottagningar", all.units.count), ("varav har startat", all.units.filter(\.isLive).count),
            ("Mottagande funktioner i kommunerna", all.recipients.reduce(0) { $0 + $1.functions }),
            ("Medarbetare i dem", all.recipients.reduce(0) { $0 + $1.staff }),
            ("Kommuner med kontaktlista", all.contactLists.count),
        ]
        return PageTable.plain(
            id: "resurser", title: "Mottagningar och mottagare", heads: ["", "Antal"],
            rows: rows.map { ($0.0, [$0.1.inSwedish]) })
    }

    private var freshness: String {
        PageTable.plain(
            id: "aktualitet", title: "Hur färska uppgifterna är",
            heads: ["Uppgifter", "Senast registrerat"],
            rows: TopicLabels.inOrder(release.freshness).map { ($0.label, [$0.topic.asOf.inSwedish]) })
    }

    private var reading: String {
        """
        <section aria-labelledby="lasa"><h2 id="lasa">Så läser du tabellerna</h2>
        <dl>
        <dt>..</dt><dd>Visas inte: gruppen är mindre än \(Suppression.smallestGroup), eller behövs för att en sådan \
        grupp inte ska gå att räkna fram.</dd>
        <dt>-</dt><dd>Saknas: det finns ingen grupp att räkna andel på.</dd>
        <dt>.</dt><dd>Inte aktuellt: mottagningen har inte startat.</dd>
        </dl>
        <p>Andelarna har 95-procentiga konfidensintervall (Wilson). Formulär från samma förälder räknas som om de vore \
        oberoende, så intervallen är något för snäva.</p>
        <p>En mottagning räknas från den första dagen som dess startdatum kan betyda. Familjer med skyddade \
        personuppgifter räknas bara i regionens rad. Kommunen står två gånger: efter var mottagningen ligger och efter \
        var familjen bor.</p>
        </section>
        """
    }
}

/// What topics carry, in words of the page.
private enum TopicLabels {
    private static let labels: [(topic: String, label: String)] = [
        ("children", "Barn"), ("screenings", "Besök och formulär"), ("outcomes", "Utfall"),
        ("agreements", "Samtal och erbjudanden"), ("consents", "Samtycken"), ("referrals", "Förmedlingar"),
        ("notifications", "Leveranser och svar"), ("registry", "Mottagningar och formulärversioner"),
        ("contact-lists", "Kontaktlistor och mottagare"),
    ]

    /// The topics that have been heard of, in the order of the chain.
    static func inOrder(_ topics: [TopicFreshness]) -> [(label: String, topic: TopicFreshness)] {
        labels.compactMap { name, label in topics.first { $0.topic == name }.map { (label, $0) } }
    }
}
