/// What follows from outcomes: conversations, offers, and how each offer goes on.
struct OfferPlanner {
    let recipients: Recipients

    /// A form with an outcome, by where it stands in the plan.
    private struct Place: Hashable {
        let family: Int
        let visit: Int
        let parent: Int
    }

    func plan(_ families: inout [PlannedFamily], by dice: inout Dice) {
        let outcomes = Self.outcomes(of: families)
        let talked = dice.chosen(Rates.talked, of: outcomes.count)
        let conversations = outcomes.indices.filter { index in
            talked.contains(index) || families[outcomes[index].family].isRestricted
        }.map { outcomes[$0] }
        var offers: [Place: PlannedOffer] = [:]
        if let protected = conversations.first(where: { families[$0.family].isRestricted }) {
            offers[protected] = PlannedOffer(kind: "family-therapist", course: .aboutSelf)
        }
        singular(&offers, among: dice.shuffled(conversations), families)
        let wanted = Int((Rates.offered * Double(conversations.count)).rounded())
        for place in dice.shuffled(conversations)
        where offers[place] == nil && offers.count < wanted && !families[place.family].isRestricted {
            offers[place] = ordinary(in: families[place.family].unit.municipality, by: &dice)
        }
        for place in conversations {
            families[place.family].visits[place.visit].setConversation(
                PlannedConversation(offer: offers[place]), of: place.parent)
        }
    }

    private static func outcomes(of families: [PlannedFamily]) -> [Place] {
        var places: [Place] = []
        for (family, planned) in families.enumerated() {
            for (visit, held) in planned.visits.enumerated() {
                for parent in 1...planned.parents {
                    guard case .answered(let form) = held.marks[parent], form.hasOutcome else { continue }
                    places.append(Place(family: family, visit: visit, parent: parent))
                }
            }
        }
        return places
    }

    /// The courses that every demonstration has, and the joint visits at their rate; each in a family of its own with
    /// two guardians and a family therapist in its municipality.
    private func singular(_ offers: inout [Place: PlannedOffer], among places: [Place], _ families: [PlannedFamily]) {
        let participating = families.count { family in
            family.visits.contains { visit in visit.marks.values.contains { $0.isAnswered } }
        }
        let jointVisits = max(1, Int((Rates.jointVisits * Double(participating)).rounded()))
        let courses = PlannedOffer.Course.allCases.prefix(8).map { PlannedOffer(kind: "family-therapist", course: $0) }
        var planned = Array(repeating: PlannedOffer(kind: "joint-visit", course: .aboutBoth), count: jointVisits)
        planned = Array(courses + planned).reversed()
        var taken: Set<Int> = []
        for place in places {
            let family = families[place.family]
            guard !planned.isEmpty else { return }
            guard family.parents == 2, !family.isRestricted, taken.insert(place.family).inserted,
                recipients.recipient(for: "family-therapist", in: family.unit.municipality) != nil
            else { continue }
            offers[place] = planned.removeLast()
        }
    }

    private func ordinary(in municipality: String, by dice: inout Dice) -> PlannedOffer {
        let kinds = Self.kinds.filter { kind, _ in
            Recipients.function(for: kind) == nil || recipients.recipient(for: kind, in: municipality) != nil
        }
        return PlannedOffer(kind: dice.one(of: kinds), course: dice.one(of: Self.courses))
    }

    private static let kinds = [
        ("bvc-follow-up", weight: 35), ("family-therapist", weight: 35), ("signpost", weight: 20),
        ("care", weight: 6), ("social-worker", weight: 4),
    ]
    private static let courses: [(PlannedOffer.Course, weight: Int)] = [
        (.aboutSelf, weight: 35), (.aboutBoth, weight: 25), (.declined, weight: 25), (.considering, weight: 15),
    ]
}

extension PlannedVisit.Mark {
    var isAnswered: Bool { if case .answered = self { true } else { false } }
}

extension PlannedVisit {
    fileprivate mutating func setConversation(_ conversation: PlannedConversation, of parent: Int) {
        guard case .answered(var form) = marks[parent] else { return }
        form.conversation = conversation
        marks[parent] = .answered(form)
    }
}
