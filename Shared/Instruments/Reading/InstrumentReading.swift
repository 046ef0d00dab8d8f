public import Documents
public import Events

/// The part of an instrument's file that is published, read strictly: `instrument`, `version`, `validFrom`, `validTo`,
/// `languages`, `licensed`, `rescores` and `definition` (`instrument-file.v1.json` beside the events' schemas).
public struct InstrumentReading {
    /// As it would travel; nil where a member of the file itself can't be read.
    public let published: InstrumentPublished?
    /// Nil unless it keeps every rule.
    public let checked: CheckedInstrument?

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
        guard let code, let version, let validFrom, let licensed, let definition else {
            (published, checked) = (nil, nil)
            return
        }
        let sha256: String
        do throws(EventFault) {
            sha256 = try InstrumentPublished.contentHash(code: code, version: version, definition: definition)
        } catch {
            members.fault("can't be written as an event", at: "definition")
            (published, checked) = (nil, nil)
            return
        }
        let published = InstrumentPublished(
            instrument: InstrumentReference(code: code, version: version, sha256: sha256), languages: languages,
            validFrom: validFrom, validTo: validTo, licensed: licensed, definition: definition, rescores: rescores)
        self.published = published
        checked = Self.check(published, members)
    }

    /// Faults of the definition language, less those that only follow from what couldn't be read.
    private static func check(_ published: InstrumentPublished, _ members: Members) -> CheckedInstrument? {
        do throws(InstrumentFaults) {
            return try CheckedInstrument(published)
        } catch {
            let unreadable = members.reading.faults.map { fault in
                String(fault.pointer[..<(fault.pointer.lastIndex(of: "/") ?? fault.pointer.endIndex)])
            }
            for fault in error.all {
                let place = fault.place.hasPrefix("/instrument/version") ? "/version" : fault.place
                let pointer = members.pointer + (place.hasPrefix("/instrument/code") ? "/instrument" : place)
                // The file itself is above everything: a fault there hides nothing.
                let isFollowed = unreadable.contains { $0 != members.pointer && "\(pointer)/".hasPrefix("\($0)/") }
                if !isFollowed { members.reading.fault(fault.text, at: pointer) }
            }
            return nil
        }
    }
}
