internal import Delivery
internal import Events
internal import Foundation

/// Which versions of one questionnaire decide the forms that were given under which others (`rescores` of
/// `instrument.published`).
///
/// A pure function of all that was published, whatever the order in which it came: of several versions that score the
/// same one again the highest decides, and a version that is itself scored again passes its forms on.
struct Rescorings: Sendable {
    /// One version's claim on another's forms.
    struct Claim: Sendable, Equatable {
        let version: String
        let oldVersion: String
        /// Forms answered on this day and later.
        let from: CalendarDay

        /// What everything follows from that is said because of the claim. It is made of the claim and not of the
        /// record that brought it: the version may be published again, and a store that is rebuilt meets only the last
        /// record that compaction left.
        /// - Parameter instrument: the version that claims.
        func cause(of instrument: InstrumentReference) -> Cause {
            let day = from.beginInStockholm
            let trigger = Trigger.timer(name: "rescoring/\(instrument.name)/\(instrument.sha256)", due: day)
            return Cause(trigger: trigger, time: day, traceparent: nil)
        }
    }

    private let claims: [String: [Claim]]
    private let byVersion: [String: Claim]

    init(_ claims: [Claim]) {
        self.claims = Dictionary(grouping: claims, by: \.oldVersion)
        byVersion = Dictionary(claims.map { ($0.version, $0) }) { first, _ in first }
    }

    /// What leads to a form being decided by a version that isn't its own; nil for one that claims no other's forms.
    func cause(of instrument: InstrumentReference) -> Cause? {
        byVersion[instrument.version]?.cause(of: instrument)
    }

    /// Whether forms of a version may be decided by another.
    func claim(_ version: String) -> Bool { claims[version] != nil }

    /// The version that decides a form given under `version`; itself when nobody scores it again.
    func ruling(_ version: String, on day: CalendarDay) -> String {
        var ruling = version
        var passed: Set<String> = [version]
        while let next = highest(over: ruling, on: day), passed.insert(next).inserted { ruling = next }
        return ruling
    }

    private func highest(over version: String, on day: CalendarDay) -> String? {
        claims[version]?.filter { $0.from <= day }.map(\.version).max(by: Self.isLower)
    }

    /// Versions as people count them: 10 comes after 9.
    private static func isLower(_ left: String, _ right: String) -> Bool {
        switch left.compare(right, options: .numeric) {
        case .orderedAscending: true
        case .orderedDescending: false
        case .orderedSame: left < right
        }
    }
}
