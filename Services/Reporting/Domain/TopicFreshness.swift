internal import Runtime

/// How far a topic has been read: "as of" in every report.
struct TopicFreshness: Sendable, Equatable {
    let topic: String
    /// When the latest event was recorded, not when it happened.
    let lastEvent: Timestamp
    let hasSynthetic: Bool
    let hasGenuine: Bool
}

/// Whether what a release counts was made up (DESIGN rule 12).
enum Origin: String, Sendable, Encodable {
    /// Nothing is.
    case genuine
    /// Everything is.
    case synthetic
    /// Some of it is, so that no figure is to be trusted.
    case mixed

    init(_ topics: [TopicFreshness]) {
        let hasSynthetic = topics.contains(where: \.hasSynthetic)
        let hasGenuine = topics.contains(where: \.hasGenuine)
        self = !hasSynthetic ? .genuine : hasGenuine ? .mixed : .synthetic
    }
}
