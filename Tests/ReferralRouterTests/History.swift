import Events
import Foundation
import Runtime
import Support

@testable import ReferralRouter

/// What happened to one family, drawn from a seed, and the orders in which a reader of four topics may see it.
struct History {
    let family: Family
    /// Each topic's records in its order.
    let topics: [[TestRecord]]

    /// Anything that may happen: offers corrected, decisions changed, consents completed, changed and withdrawn,
    /// families becoming protected, answers to whatever was sent.
    static func wild(seed: UInt64) async throws -> History {
        var draw = SeededGenerator(seed: seed)
        var family = Family(seed: seed)
        try family.list()
        try family.talk(interpreter: Bool.random(using: &draw))
        try family.make(drawnKind(&draw), recipient: drawnRecipient(&draw))
        // Most families get as far as a referral before anything changes.
        if Int.random(in: 0..<4, using: &draw) > 0 { try family.decide(.accepted) }
        if Int.random(in: 0..<4, using: &draw) > 0 { try family.give() }
        for _ in 0..<Int.random(in: 2...9, using: &draw) { try step(&family, &draw) }
        return History(family: try await answered(family, &draw))
    }

    /// What most families do: a yes, and a consent that becomes complete; nothing is taken back. Then answers.
    static func plain(seed: UInt64) async throws -> History {
        var draw = SeededGenerator(seed: seed)
        var family = Family(seed: seed)
        try family.list()
        try family.talk(interpreter: Bool.random(using: &draw))
        try family.make()
        if Bool.random(using: &draw) { try family.decide(.considering) }
        let needed = Int.random(in: 0...2, using: &draw)
        for given in min(1, needed)...needed {
            try family.give(
                about: needed == 0 ? .giver : .both, needed: needed, given: given, complete: given == needed)
            if given == 0 { try family.decide(.accepted) }
        }
        try family.decide(.accepted)
        return History(family: try await answered(family, &draw))
    }

    private init(family: Family) {
        self.family = family
        topics = [Topic.children, .agreements, .consents, .notifications].map { topic in
            family.records.filter { $0.topic == topic }
        }
    }

    /// The topics read in an order drawn from a seed, each in its own.
    func interleaving(_ seed: UInt64) -> [TestRecord] {
        var draw = SeededGenerator(seed: seed)
        var rest = topics.map { ArraySlice($0) }
        var order: [TestRecord] = []
        // Some readers take a whole topic before the next, others change at every record.
        let patience = [1, 2, 100].randomElement(using: &draw) ?? 1
        while rest.contains(where: { !$0.isEmpty }) {
            guard let topic = rest.indices.filter({ !rest[$0].isEmpty }).randomElement(using: &draw) else { break }
            for _ in 0..<Int.random(in: 1...patience, using: &draw) {
                if let record = rest[topic].popFirst() { order.append(record) }
            }
        }
        return order
    }

    private static func step(_ family: inout Family, _ draw: inout SeededGenerator) throws {
        let number = UInt64.random(in: 1...2, using: &draw)
        switch Int.random(in: 0..<20, using: &draw) {
        case 0..<7:
            let changes: [OfferDecision] = [.declined, .considering, .withdrawn]
            let decision = Int.random(in: 0..<3, using: &draw) > 0 ? .accepted : changes.randomElement(using: &draw)
            try family.decide(decision ?? .accepted)
        case 7..<12:
            let isComplete = Int.random(in: 0..<4, using: &draw) > 0
            try family.give(
                number, about: isComplete ? .giver : .both, needed: isComplete ? 0 : 2, given: isComplete ? 0 : 1,
                complete: isComplete, recipient: drawnRecipient(&draw),
                feedback: Feedback.allCases.randomElement(using: &draw) ?? .course,
                validUntil: [nil, nil, nil, "2026-01-01", "2030-01-01"].randomElement(using: &draw) ?? nil)
        case 12..<16: try family.withdraw(number, Int.random(in: 0..<3, using: &draw) > 0 ? .all : .feedback)
        case 16..<18: try family.make(drawnKind(&draw), recipient: drawnRecipient(&draw))
        case 18:
            family.restricted = true
            try family.list()
            family.restricted = false
        default: try family.list()
        }
    }

    private static func drawnKind(_ draw: inout SeededGenerator) -> OfferKind {
        let kinds: [OfferKind] =
            Array(repeating: .familyTherapist, count: 12) + [.jointVisit, .jointVisit, .socialWorker, .signpost]
        return kinds.randomElement(using: &draw) ?? .familyTherapist
    }

    private static func drawnRecipient(_ draw: inout SeededGenerator) -> String? {
        let names: [String?] =
            Array(repeating: Family.therapist, count: 16) + [Family.socialWorker, "2380-nobody", nil]
        return names.randomElement(using: &draw) ?? nil
    }

    /// Answers to what is sent when everything is read in the order of its happening: that is how they came about.
    private static func answered(_ family: Family, _ draw: inout SeededGenerator) async throws -> Family {
        var family = family
        let bench = try await RouterBench()
        try await bench.apply(family.records)
        let ended = family.now
        for referral in try await bench.requested().map(\.referral) {
            for _ in 0..<Int.random(in: 0...4, using: &draw) {
                let answer = ReferralAnswer.allCases.randomElement(using: &draw) ?? .accepted
                let sinceStart = Int64.random(in: 0...(ended.milliseconds - Family.start.milliseconds), using: &draw)
                try family.answer(answer, to: referral, at: Family.start + .milliseconds(sinceStart))
            }
        }
        return family
    }
}
