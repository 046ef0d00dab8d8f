public import Documents
public import Events

/// The part of an instrument's file that is published, read strictly: `instrument`, `version`, `validFrom`, `validTo`,
/// `languages`, `licensed`, `rescores` and `definition` (schema: `instrument-file.v1.json` beside the events').
public struct InstrumentReading {
    /// As it would travel; nil where a member of the file itself can't be read.
    public let published: InstrumentPublished?
    /// Nil unless it keeps every rule.
    public let checked: CheckedInstrument?
    /// Places that can't be read, as JSON pointers.
    let unreadable: [String]

    /// Takes the members of the file and notes every fault in the reading, those of the form of the JSON and those of
    /// the definition language alike. Unknown members are faults; whoever reads other members takes them too.
    public init(_ members: inout Members) {
        let code = members.required("instrument", .code)
        let version = members.required("version", .version)
        let day = MemberRule<CalendarDay>.parsed("a day, as 2026-11-24") { CalendarDay($0) }
        let validFrom = members.required("validFrom", day)
        let validTo = members.optional("validTo", day)
        let languages = members.list("languages", countMax: InstrumentLimits.languagesMax, standIn: "", .language)
        let licensed = members.required("licensed", .flag)
        let rescores = members.object("rescores") { members -> Rescoring? in
            let version = members.required("version", .version)
            let from = members.required("from", day)
            guard let version, let from else { return nil }
            return Rescoring(version: version, from: from)
        }
        let definition = members.object("definition") { DefinitionReading.definition(&$0) }
        if !members.has("definition") { members.fault("is required", at: "definition") }
        let unreadable = members.reading.faults.map(\.pointer)
        self.unreadable = unreadable
        guard let definition else {
            (published, checked) = (nil, nil)
            return
        }
        // What can't be read has a stand-in, so that the rest is checked all the same.
        let reference = InstrumentReference(
            code: code ?? "", version: version ?? "",
            sha256: Self.hash(code: code ?? "", version: version ?? "", definition, members))
        let standIn = InstrumentPublished(
            instrument: reference, languages: languages, validFrom: validFrom ?? Self.someDay,
            validTo: validFrom == nil ? nil : validTo, licensed: licensed ?? false, definition: definition,
            rescores: rescores)
        let checked = Self.check(standIn, members, unreadable)
        let isRead = code != nil && version != nil && validFrom != nil && licensed != nil
        published = isRead ? standIn : nil
        self.checked = isRead && members.reading.faults.isEmpty ? checked : nil
    }

    private static let someDay: CalendarDay = {
        guard let day = CalendarDay("2000-01-01") else { preconditionFailure("a day of the calendar") }
        return day
    }()

    private static func hash(
        code: String, version: String, _ definition: InstrumentDefinition, _ members: Members
    ) -> String {
        do throws(EventFault) {
            return try InstrumentPublished.contentHash(code: code, version: version, definition: definition)
        } catch {
            members.fault("can't be written as an event", at: "definition")
            return ""
        }
    }

    /// Faults of the definition language, less those that only follow from what couldn't be read.
    private static func check(
        _ published: InstrumentPublished, _ members: Members, _ unreadable: [String]
    ) -> CheckedInstrument? {
        do throws(InstrumentFaults) {
            return try CheckedInstrument(published)
        } catch {
            for fault in error.all {
                let place = fault.place.hasPrefix("/instrument/version") ? "/version" : fault.place
                let pointer = members.pointer + (place.hasPrefix("/instrument/code") ? "/instrument" : place)
                if !follows(pointer, from: unreadable, in: members) { members.reading.fault(fault.text, at: pointer) }
            }
            return nil
        }
    }

    /// Whether what is wrong at a place may only follow from what can't be read.
    static func follows(_ place: String, from unreadable: [String], in members: Members) -> Bool {
        unreadable.contains { isBeside(place, $0, in: members) }
    }

    /// Whether a place lies in the same element as another: an item, a rule. The file itself holds everything: there
    /// only the very place does.
    private static func isBeside(_ place: String, _ other: String, in members: Members) -> Bool {
        let slash = other.lastIndex(of: "/") ?? other.startIndex
        // A fault of an element as a whole ends in its number.
        let holder = Int(other[slash...].dropFirst()) == nil ? other[..<slash] : other[...]
        return holder == members.pointer ? place == other : "\(place)/".hasPrefix("\(holder)/")
    }
}
