internal import Delivery
internal import Store

/// What intake counts for the reconciling of the chain.
enum IntakeCounts {
    static func read(_ store: ReadScope) throws -> [Count] {
        [
            Count("children.listed", try store.count("SELECT count(*) FROM child")),
            Count("children.participating", try store.count("SELECT count(*) FROM child WHERE participating = 1")),
            Count("visits.held", try store.count("SELECT count(*) FROM visit")),
        ]
    }
}
