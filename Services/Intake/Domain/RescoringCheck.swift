internal import Events

/// Whether versions may score others again as they say. Pure.
enum RescoringCheck {
    struct Fault: Sendable, Equatable {
        /// Among the versions.
        let index: Int
        let rule: String
    }

    /// - Parameters:
    ///   - versions: those that are to be published, with those that were and stand in the files still.
    ///   - published: names of all that were published.
    static func faults(of versions: [InstrumentPublished], published: Set<String>) -> [Fault] {
        var rescored: [String: String] = [:]
        for version in versions { rescored[version.instrument.name] = target(of: version) }
        let known = published.union(versions.map(\.instrument.name))
        return versions.enumerated().compactMap { index, version in
            guard let target = target(of: version) else { return nil }
            guard known.contains(target) else {
                return Fault(index: index, rule: "is neither among the files nor was it published: versions are exact")
            }
            guard comesBack(to: version.instrument.name, from: target, rescored) else { return nil }
            return Fault(index: index, rule: "scores this version again in its turn: nothing would decide")
        }
    }

    private static func comesBack(to name: String, from target: String, _ rescored: [String: String]) -> Bool {
        var passed: Set<String> = []
        var next: String? = target
        while let version = next, passed.insert(version).inserted {
            if version == name { return true }
            next = rescored[version]
        }
        return false
    }

    private static func target(of version: InstrumentPublished) -> String? {
        version.rescores.map { InstrumentReference.name(version.instrument.code, version: $0.version) }
    }
}
