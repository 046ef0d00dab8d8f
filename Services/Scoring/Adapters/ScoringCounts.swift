internal import Delivery
internal import Store

/// What scoring counts for the reconciling of the chain.
enum ScoringCounts {
    static func read(_ store: ReadScope) throws -> [Count] {
        [
            Count("forms.scored", try store.count("SELECT count(*) FROM scored")),
            Count("forms.with-outcome", try store.count("SELECT count(*) FROM scored WHERE has_outcome = 1")),
            Count(
                "forms.waiting",
                try store.count("SELECT count(*) FROM parked WHERE topic = 'answers' AND state = 'early'")),
            Count("instruments", try store.count("SELECT count(*) FROM instrument")),
        ]
    }
}
