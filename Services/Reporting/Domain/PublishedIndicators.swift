extension Chain {
    /// The published figures, table by table, in the order of the chain.
    var groups: [IndicatorGroup] {
        [
            IndicatorGroup(
                title: "Formuläret erbjuds",
                note: "Räknat på föräldrar som var med vid ett besök på en mottagning som har startat.",
                indicators: [
                    Indicator(code: "visits", label: "Föräldrar på besök", of: nil),
                    Indicator(code: "visits.offered", label: "Formulär erbjudet", of: "visits"),
                    Indicator(code: "visits.not-offered", label: "Inte erbjudet", of: "visits"),
                    Indicator(code: "visits.unrecorded", label: "Ingen uppgift", of: "visits"),
                    Indicator(code: "visits.absent", label: "Föräldrar som inte var med", of: nil),
                ]),
            IndicatorGroup(
                title: "Varför formuläret inte erbjöds", note: "Andel av dem som inte erbjöds formuläret.",
                indicators: [Indicator(code: "visits.not-offered", label: "Inte erbjudet", of: nil)]
                    + Self.shares(Self.notOfferedReasons, "not-offered", of: "visits.not-offered")),
            IndicatorGroup(
                title: "Svar på formuläret", note: "Andel av dem som erbjöds formuläret.",
                indicators: [
                    Indicator(code: "visits.offered", label: "Formulär erbjudet", of: nil),
                    Indicator(code: "forms.answered", label: "Besvarat", of: "visits.offered"),
                    Indicator(code: "forms.partial", label: "Delvis besvarat", of: "visits.offered"),
                    Indicator(code: "forms.declined", label: "Tackat nej", of: "visits.offered"),
                    Indicator(code: "forms.open", label: "Inte besvarat ännu", of: "visits.offered"),
                ]),
            outcomes,
            IndicatorGroup(
                title: "Deltagande barn", note: "Ett deltagande barn har minst ett besvarat formulär.",
                indicators: [
                    Indicator(code: "children", label: "Barn på besök", of: nil),
                    Indicator(code: "children.participating", label: "Deltagande barn", of: "children"),
                    Indicator(
                        code: "children.joint-visit", label: "Tackat ja till gemensamt hembesök eller möte",
                        of: "children.participating"),
                ]),
        ] + support
    }

    private var outcomes: IndicatorGroup {
        IndicatorGroup(
            title: "Utfall",
            note: "Andel av bedömda formulär. Inget utfall betyder inte att problemet saknas.",
            indicators: [
                Indicator(code: "forms.scored", label: "Bedömda formulär", of: nil),
                Indicator(code: "forms.with-outcome", label: "Utfall på någon riskfaktor", of: "forms.scored"),
            ]
                + factors.flatMap { factor in
                    Self.shares(
                        [("outcome", "Utfall"), ("none", "Inget utfall"), ("unknown", "Obesvarat")], "factor.\(factor)",
                        of: "forms.scored", before: FactorNames.label(of: factor) + ": ")
                })
    }

    private var support: [IndicatorGroup] {
        [
            IndicatorGroup(
                title: "Samtal och erbjudanden om stöd", note: "Andel av erbjudandena, efter senaste besked.",
                indicators: [
                    Indicator(code: "conversations", label: "Samtal", of: nil),
                    Indicator(code: "offers", label: "Stöd erbjudet", of: nil),
                ] + Self.shares(Self.decisions, "offers", of: "offers")),
            IndicatorGroup(
                title: "Erbjudanden efter slag", note: "Andel av erbjudandena.",
                indicators: [Indicator(code: "offers", label: "Stöd erbjudet", of: nil)]
                    + Self.shares(Self.kinds, "offers.kind", of: "offers")),
            IndicatorGroup(
                title: "Samtycken till att lämna uppgifter", note: "Andel av samtyckena, som de står nu.",
                indicators: [Indicator(code: "consents", label: "Samtycken", of: nil)]
                    + Self.shares(Self.consentStates, "consents", of: "consents")),
            IndicatorGroup(
                title: "Förmedlade kontakter",
                note: "Andel av förmedlingarna. Mottagen betyder att mottagarens system har tagit emot.",
                indicators: [
                    Indicator(code: "referrals", label: "Förmedlingar", of: nil),
                    Indicator(code: "referrals.delivered", label: "Mottagna", of: "referrals"),
                    Indicator(code: "referrals.answered", label: "Besvarade av kommunen", of: "referrals"),
                    Indicator(code: "referrals.closed", label: "Avslutade", of: "referrals"),
                ]),
            IndicatorGroup(
                title: "Tackat ja men inte förmedlat", note: "Andel av dem som väntar.",
                indicators: [Indicator(code: "held", label: "Väntar", of: nil)]
                    + Self.shares(Self.heldReasons, "held", of: "held")),
        ]
    }

    private static func shares(
        _ parts: [(code: String, label: String)], _ head: String, of total: IndicatorCode, before: String = ""
    ) -> [Indicator] {
        parts.map { Indicator(code: IndicatorCode(head, $0.code), label: before + $0.label, of: total) }
    }
}
