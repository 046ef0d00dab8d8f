internal import Documents
internal import Events
internal import FHIR

/// Reads the bodies of `POST /v1/visits` and `POST /v1/visits/{visit}/screenings`.
enum VisitDocument {
    static func visit(_ members: inout Members) -> VisitRecord? {
        let child: ChildID? = members.required("child", .identifier())
        let slot = members.required("slot", .code)
        let heldAt = members.required("heldAt", .instant)
        let team: VisitTeam? = members.optional("team", .known())
        let place: VisitPlace? = members.optional("place", .known())
        let present: [RespondentID] = members.list("present", countMax: 8, .identifier())
        let screenings = members.objects("screenings", countMax: 8, screening)
        if Set(present).count != present.count { members.fault("names somebody twice", at: "present") }
        if Set(screenings.map(\.respondent)).count != screenings.count {
            members.fault("names somebody twice", at: "screenings")
        }
        guard let child, let slot, let heldAt else { return nil }
        return VisitRecord(
            child: child, slot: slot, heldAt: heldAt, team: team, place: place, present: present,
            screenings: screenings)
    }

    static func screening(_ members: inout Members) -> ScreeningRecord? {
        let respondent: RespondentID? = members.required("respondent", .identifier())
        let state = members.required("state", .state)
        let language = members.optional("language", .language) ?? "sv"
        let mode: ScreeningMode = members.optional("mode", .known()) ?? .tablet
        let reason: NotOfferedReason? = members.optional("reason", .known())
        let scope: DeclineScope? = members.optional("scope", .choice())
        guard let respondent, let state else { return nil }
        if (state == .notOffered) != (reason != nil) {
            members.fault("goes with not-offered and no other state", at: "reason")
        }
        if (state == .declined) != (scope != nil) {
            members.fault("goes with declined and no other state", at: "scope")
        }
        let mark: ScreeningRecord.Mark =
            if let reason { .notOffered(reason) } else if let scope { .declined(scope) } else { .offered }
        return ScreeningRecord(respondent: respondent, mark: mark, language: language, mode: mode)
    }
}

extension MemberRule<Screening.State> {
    /// A state that staff may record.
    fileprivate static var state: MemberRule {
        MemberRule(text: "one of offered, not-offered, declined") { json in
            guard case .string(let text) = json, let state = Screening.State(rawValue: text) else { return nil }
            return state == .answered ? nil : state
        }
    }
}
