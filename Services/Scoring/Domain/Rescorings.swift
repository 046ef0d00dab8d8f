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
    }

    private let claims: [String: [Claim]]

    init(_ claims: [Claim]) {
        self.claims = Dictionary(grouping: claims, by: \.oldVersion)
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
