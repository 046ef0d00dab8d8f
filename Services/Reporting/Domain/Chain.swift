/// A figure by its code, as `forms.declined`. Codes are the contract of `/v1/indicators`.
struct IndicatorCode: Hashable, Sendable, RawRepresentable, ExpressibleByStringLiteral {
    let rawValue: String
    init(rawValue: String) { self.rawValue = rawValue }
    init(stringLiteral value: String) { rawValue = value }
    init(_ head: String, _ tail: String) { rawValue = "\(head).\(tail)" }
}

/// A published figure.
struct Indicator: Sendable {
    let code: IndicatorCode
    /// As pages have it, in Swedish.
    let label: String
    /// The figure it is a share of.
    let of: IndicatorCode?
}

/// Figures that belong together: one table of the page.
struct IndicatorGroup: Sendable {
    let title: String
    let note: String
    let indicators: [Indicator]
}

/// A figure and those it is the sum of, place by place. What isn't published can be had by subtraction, so that it is
/// here all the same.
struct Breakdown: Sendable {
    let total: IndicatorCode
    let parts: [IndicatorCode]
}

/// The figures from a visit to a municipality's answer: what is published, and how it adds up.
struct Chain: Sendable {
    /// Factors in the order of the method, then those that it doesn't know.
    let factors: [String]

    init(factors: Set<String>) {
        let known = FactorNames.all.map(\.code)
        self.factors = known + factors.subtracting(known).sorted()
    }

    /// How the figures add up.
    var breakdowns: [Breakdown] {
        [
            Breakdown(total: "visits", parts: ["visits.offered", "visits.not-offered", "visits.unrecorded"]),
            Breakdown(total: "visits.not-offered", parts: Self.notOfferedReasons.map { .init("not-offered", $0.code) }),
            Breakdown(
                total: "visits.offered", parts: ["forms.answered", "forms.partial", "forms.declined", "forms.open"]),
            Breakdown(total: "forms", parts: ["forms.answered", "forms.partial"]),
            Breakdown(total: "forms", parts: ["forms.scored", "forms.unscored"]),
            Breakdown(total: "forms.scored", parts: ["forms.with-outcome", "forms.without-outcome"]),
            Breakdown(total: "children", parts: ["children.participating", "children.not-participating"]),
            Breakdown(
                total: "children.participating", parts: ["children.joint-visit", "children.without-joint-visit"]),
            Breakdown(total: "offers", parts: Self.decisions.map { .init("offers", $0.code) }),
            Breakdown(total: "offers", parts: Self.kinds.map { .init("offers.kind", $0.code) }),
            Breakdown(total: "consents", parts: Self.consentStates.map { .init("consents", $0.code) }),
            Breakdown(total: "referrals", parts: ["referrals.delivered", "referrals.undelivered"]),
            Breakdown(total: "referrals", parts: ["referrals.answered", "referrals.unanswered"]),
            Breakdown(total: "referrals", parts: ["referrals.closed", "referrals.open"]),
            Breakdown(total: "held", parts: Self.heldReasons.map { .init("held", $0.code) }),
        ]
            + factors.map { factor in
                Breakdown(
                    total: "forms.scored",
                    parts: ["outcome", "none", "unknown", "not-asked"].map { .init("factor.\(factor)", $0) })
            }
    }

    /// What each figure is worth to those who follow the chain: the groups that shares are of most, then what is asked
    /// about first, then what remains beside it. What isn't published is worth nothing.
    var weights: [IndicatorCode: Int] {
        var weights: [IndicatorCode: Int] = [:]
        for indicator in groups.flatMap(\.indicators) {
            let isRemainder = Self.remainders.contains { indicator.code.rawValue.hasSuffix($0) }
            weights[indicator.code] = isRemainder ? 1 : 2
        }
        for of in groups.flatMap(\.indicators).compactMap(\.of) { weights[of] = 3 }
        // Together with what is published it gives the scored forms, so that hiding it hides those.
        weights["forms"] = 3
        return weights
    }

    /// Forms that scoring hasn't come to yet: next to none, and nobody's trait.
    static let technical: [IndicatorCode] = ["forms.unscored"]

    private static let remainders = [".none", ".unknown", ".unrecorded", ".open", ".other", ".undecided"]

    /// Every figure, published or not, each once.
    var codes: [IndicatorCode] {
        var seen: Set<IndicatorCode> = []
        let all = groups.flatMap(\.indicators).map(\.code) + breakdowns.flatMap { [$0.total] + $0.parts }
        return all.filter { seen.insert($0).inserted }
    }

    static let notOfferedReasons: [(code: String, label: String)] = [
        ("no-time", "Ont om tid"), ("other-parent-present", "Andra föräldern med"), ("no-language", "Språk saknas"),
        ("child-ill", "Barnet sjukt"), ("technical", "Tekniskt fel"), ("other", "Annat"),
    ]
    static let decisions: [(code: String, label: String)] = [
        ("accepted", "Tackat ja"), ("declined", "Tackat nej"), ("considering", "Vill fundera"),
        ("withdrawn", "Ångrat"), ("undecided", "Inget besked"),
    ]
    static let kinds: [(code: String, label: String)] = [
        ("bvc-follow-up", "Uppföljning på BVC"), ("family-therapist", "Familjebehandlare"),
        ("joint-visit", "Gemensamt hembesök eller möte"), ("social-worker", "Socialsekreterare"),
        ("signpost", "Hänvisad"), ("care", "Annan vård"),
    ]
    static let consentStates: [(code: String, label: String)] = [
        ("complete", "Fullständigt"), ("incomplete", "Väntar på vårdnadshavare"), ("withdrawn", "Återtaget"),
    ]
    static let heldReasons: [(code: String, label: String)] = [
        ("awaiting-guardian", "Väntar på vårdnadshavare"), ("restricted", "Skyddade personuppgifter"),
        ("no-recipient", "Saknar mottagare"), ("capacity", "Mottagaren har inte plats"),
        ("consent-incomplete", "Samtycket är inte fullständigt"), ("other", "Annat"),
    ]
}

/// The factors of the method (DESIGN 1) and their names on pages.
enum FactorNames {
    static let all: [(code: String, label: String)] = [
        ("child-safety", "Barnets säkerhet"), ("economic-worry", "Ekonomisk oro"), ("low-mood", "Nedstämdhet"),
        ("parental-stress", "Föräldrastress"), ("alcohol", "Alkohol"), ("violence", "Våld i nära relation"),
    ]

    static func label(of code: String) -> String { all.first { $0.code == code }?.label ?? code }

    /// Factors whose zero at a single unit would tell something of everybody there (`domain.md` 5).
    static let withoutZeroAtUnits: Set<String> = ["alcohol", "violence"]
}
