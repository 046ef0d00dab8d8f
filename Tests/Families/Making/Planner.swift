/// Thinks out a number of families by a seed, at the published rates.
struct Planner {
    private let registry: Registry
    private let recipients: Recipients
    private var dice: Dice
    private var families: [PlannedFamily] = []

    init(registry: Registry, recipients: Recipients, seed: UInt64) {
        self.registry = registry
        self.recipients = recipients
        dice = Dice(seed: seed)
    }

    mutating func families(_ count: Int) -> [PlannedFamily] {
        let alone = dice.chosen(Rates.onlyParents, of: count)
        let notLive = dice.chosen(Rates.notLive, of: count)
        let restricted = dice.number(0...count - 1)
        let begun = registry.units.filter(\.isLive).map { ($0, weight: $0.tablets) }
        let planned = registry.units.filter { !$0.isLive }
        families = (0..<count).map { index in
            let isNotLive = notLive.contains(index) && index != restricted && !planned.isEmpty
            let unit = isNotLive ? dice.one(of: planned) : dice.one(of: begun)
            let isProtected = index == restricted
            let (born, visits) = visits(at: unit)
            return PlannedFamily(
                number: index + 1, unit: unit, isRestricted: isProtected,
                parents: alone.contains(index) && !isProtected ? 1 : 2, bornDaysAgo: born, visits: visits)
        }
        var allVisits: [Place] = []
        for (family, planned) in families.enumerated() {
            allVisits += planned.visits.indices.map { Place(family: family, visit: $0) }
        }
        bringParents(to: allVisits)
        useForms(at: allVisits)
        OfferPlanner(recipients: recipients).plan(&families, by: &dice)
        return families
    }

    /// Where a visit stands in the plan.
    private struct Place {
        let family: Int
        let visit: Int
    }

    /// The visits of a child: of an infant all up to its age, of an older one the last. All lie within ten months.
    private mutating func visits(at unit: Registry.Unit) -> (bornDaysAgo: Int, visits: [PlannedVisit]) {
        let slots = registry.slots
        let last = dice.number(0...slots.count - 1)
        let first = last < 3 ? 0 : last
        let lastDaysAgo = dice.number(14...40)
        let bornDaysAgo =
            lastDaysAgo + dice.number(slots[last].fromDays...min(slots[last].toDays, slots[last].fromDays + 9))
        let visits = (first...last).map { index in
            let slot = slots[index]
            let daysAgo = index == last ? lastDaysAgo : bornDaysAgo - slot.fromDays - dice.number(0...9)
            return PlannedVisit(
                slot: slot.code, isTeam: unit.teamSlots.contains(slot.code), daysAgo: daysAgo,
                minute: 7 * 60 + dice.number(0...30) * 15)
        }
        return (bornDaysAgo, visits)
    }

    private mutating func bringParents(to visits: [Place]) {
        let twoParents = visits.filter { families[$0.family].parents == 2 }
        let both = Int((Rates.bothParents * Double(visits.count)).rounded())
        let withBoth = Set(dice.shuffled(Array(twoParents.indices)).prefix(both))
        for (index, place) in twoParents.enumerated() {
            families[place.family].visits[place.visit].present =
                withBoth.contains(index) ? [1, 2] : [dice.one(of: [(1, weight: 3), (2, weight: 1)])]
        }
        for place in visits where families[place.family].parents == 1 {
            families[place.family].visits[place.visit].present = [1]
        }
    }

    /// Where the form is used, somebody answers it; where not, it is not offered or nobody wants it.
    private mutating func useForms(at visits: [Place]) {
        let live = visits.filter { families[$0.family].unit.isLive }
        let used = dice.chosen(Rates.used, of: live.count)
        var answering: [(Place, parent: Int)] = []
        for (index, place) in live.enumerated() {
            let isProtected = families[place.family].isRestricted
            let present = families[place.family].visits[place.visit].present
            if used.contains(index) || isProtected {
                answering += present.map { (place, parent: $0) }
            } else {
                let mark = dice.one(of: Self.notUsed)
                for parent in present { families[place.family].visits[place.visit].marks[parent] = mark }
            }
        }
        for place in visits where !families[place.family].unit.isLive {
            for parent in families[place.family].visits[place.visit].present {
                families[place.family].visits[place.visit].marks[parent] = .notOffered(reason: "not-live")
            }
        }
        answer(answering)
        for place in visits {
            for parent in 1...families[place.family].parents
            where !families[place.family].visits[place.visit].present.contains(parent) {
                families[place.family].visits[place.visit].marks[parent] = .notOffered(reason: "not-present")
            }
        }
    }

    /// The second parent may say no where the first answers, so that the form stays used.
    private mutating func answer(_ asked: [(Place, parent: Int)]) {
        let second = asked.indices.filter { index in
            asked[index].parent == 2 && families[asked[index].0.family].visits[asked[index].0.visit].present.count == 2
        }
        let count = Int((Rates.declined * Double(asked.count)).rounded())
        let declined = Set(dice.shuffled(second).prefix(count))
        let answered = asked.indices.filter { !declined.contains($0) }
        let withOutcome = dice.chosen(Rates.withOutcome, of: answered.count)
        let partial = dice.chosen(Rates.partial, of: answered.count)
        for index in declined { put(.declined, at: asked[index]) }
        for (number, index) in answered.enumerated() {
            let isProtected = families[asked[index].0.family].isRestricted
            let form = PlannedForm(
                hasOutcome: withOutcome.contains(number) || isProtected, isPartial: partial.contains(number))
            put(.answered(form), at: asked[index])
        }
    }

    private mutating func put(_ mark: PlannedVisit.Mark, at asked: (Place, parent: Int)) {
        families[asked.0.family].visits[asked.0.visit].marks[asked.parent] = mark
    }

    /// Lack of time is the commonest reason (Jönköping).
    private static let notUsed: [(PlannedVisit.Mark, weight: Int)] = [
        (.notOffered(reason: "no-time"), weight: 5), (.declined, weight: 2),
        (.notOffered(reason: "child-ill"), weight: 1), (.notOffered(reason: "no-language"), weight: 1),
        (.notOffered(reason: "technical"), weight: 1),
    ]
}
