internal import Documents
internal import Events
internal import FHIR

/// The file that `REGISTRY_FILE` names: units and visit slots.
///
/// `{version, synthetic, municipalities: [{code, name}], units: […], visitSlots: {version, slots: […]}}`. Members of a
/// unit and a slot are those of the events; a unit may have a `remark` for whoever reads the file, which goes nowhere.
struct RegistryFile {
    let version: String
    let isSynthetic: Bool
    let units: [RegisteredUnit]
    let slots: VisitSlotsPublished

    init?(_ members: inout Members) {
        let version = members.required("version", .version)
        let isSynthetic = members.required("synthetic", .flag)
        let municipalities = members.objects("municipalities", countMax: 400) { members -> String? in
            let code = members.required("code", .municipality)
            _ = members.required("name", .text())
            return code
        }
        let slots = members.object("visitSlots", Self.slots)
        if !members.has("visitSlots") { members.fault("is required", at: "visitSlots") }
        let known = Known(
            municipalities: Set(municipalities), slots: Set(slots?.slots.map(\.code) ?? []),
            isSynthetic: isSynthetic ?? true)
        let units = members.objects("units", countMax: 2000) { Self.unit(&$0, known) }
        for (index, unit) in units.enumerated()
        where units[..<index].contains(where: { $0.unit.unit == unit.unit.unit }) {
            members.fault("unit \(unit.unit.unit) stands twice", at: "units")
        }
        guard let version, let isSynthetic, let slots else { return nil }
        self.version = version
        self.isSynthetic = isSynthetic
        self.units = units
        self.slots = slots
    }

    private struct Known {
        let municipalities: Set<String>
        let slots: Set<String>
        let isSynthetic: Bool
    }

    private static func unit(_ members: inout Members, _ known: Known) -> RegisteredUnit? {
        let unit = members.required("unit", .unit)
        let name = members.required("name", .text())
        let careProvider = members.required("careProvider", .organisation)
        let municipality = members.required("municipality", .municipality)
        let phase: Phase? = members.required("phase", .choice())
        let goLive = members.object("goLive", Self.impreciseDate)
        let endedAt = members.optional("endedAt", .day)
        let teamSlots = members.list("teamSlots", countMax: 20, .code)
        let languages = members.list("languages", countMax: 50, .language)
        let tablets = members.required("tablets", .integer(0...1000))
        let phone = members.required("phone", .phone)
        let isSynthetic = members.optional("synthetic", .flag) ?? known.isSynthetic
        _ = members.optional("remark", .text(charactersMax: 500))
        if let municipality, !known.municipalities.contains(municipality) {
            members.fault("isn't among the municipalities of this file", at: "municipality")
        }
        if !Set(teamSlots).isSubset(of: known.slots) {
            members.fault("names a slot that isn't among the visit slots", at: "teamSlots")
        }
        if languages.isEmpty { members.fault("needs at least one language", at: "languages") }
        guard let unit, let name, let careProvider, let municipality, let phase, let tablets, let phone else {
            return nil
        }
        if goLive == nil, phase != .planned { members.fault("is required once a unit has begun", at: "goLive") }
        let changed = UnitChanged(
            unit: unit, name: name, careProvider: careProvider, municipality: municipality, phase: phase,
            goLive: goLive, endedAt: endedAt, teamSlots: teamSlots, languages: languages, tablets: tablets,
            phone: phone)
        return RegisteredUnit(unit: changed, isSynthetic: isSynthetic)
    }

    private static func impreciseDate(_ members: inout Members) -> ImpreciseDate? {
        let value = members.required("value", .text(charactersMax: 10))
        let precision: DatePrecision? = members.required("precision", .choice())
        guard let value, let precision else { return nil }
        guard let date = ImpreciseDate(value, precision) else {
            members.fault("must be 2023-10-18, 2024-H1 or 2025, as precise as it says", at: "value")
            return nil
        }
        return date
    }

    private static func slots(_ members: inout Members) -> VisitSlotsPublished? {
        let version = members.required("version", .version)
        let slots = members.objects("slots", countMax: 20, Self.slot)
        if slots.isEmpty { members.fault("needs at least one slot", at: "slots") }
        if Set(slots.map(\.code)).count != slots.count { members.fault("has a code twice", at: "slots") }
        if slots.map(\.order) != Array(0..<slots.count) { members.fault("must be in the order 0, 1, 2 …", at: "slots") }
        return version.map { VisitSlotsPublished(version: $0, slots: slots) }
    }

    private static func slot(_ members: inout Members) -> VisitSlot? {
        let code = members.required("code", .code)
        let fromDays = members.required("fromDays", .integer(0...7000))
        let toDays = members.required("toDays", .integer(0...7000))
        let team: VisitTeam? = members.required("team", .known())
        let place: VisitPlace? = members.required("place", .known())
        let order = members.required("order", .integer(0...20))
        guard let code, let fromDays, let toDays, let team, let place, let order else { return nil }
        if fromDays > toDays { members.fault("must not be before fromDays", at: "toDays") }
        return VisitSlot(code: code, fromDays: fromDays, toDays: toDays, team: team, place: place, order: order)
    }
}
