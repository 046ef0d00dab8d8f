internal import Foundation
internal import Runtime
internal import Support

@testable internal import Families

/// The demonstration's families as the tool makes them.
struct Demonstration {
    static let folder = Repository.root.appending(path: "compose/demo", directoryHint: .isDirectory)

    let instrument: Instrument
    let plans: [PlannedFamily]
    let families: [Family]

    init(children: Int = 200, seed: UInt64) throws {
        let recipients = try Recipients.read(Self.folder)
        instrument = try Instrument.read(Self.folder)
        var planner = Planner(registry: try Registry.read(Self.folder), recipients: recipients, seed: seed)
        plans = planner.families(children)
        let writer = FamilyWriter(
            instrument: instrument, recipients: recipients, seed: seed,
            lastDay: Timestamp(milliseconds: 1_795_000_000_000))
        var dice = Dice(seed: seed)
        families = plans.map { writer.family($0, by: &dice) }
    }

    /// What must be counted when all of it is accepted.
    var facts: [Fact: Int] {
        families.reduce(into: [:]) { facts, family in
            var ledger = Ledger(instrument: instrument)
            for step in family.steps { ledger.accept(step.kind, at: step.target, step.document) }
            facts.merge(ledger.facts()) { $0 + $1 }
        }
    }
}
