internal import Delivery
internal import Store

/// What scoring counts for the reconciling of the chain.
enum ScoringCounts {
    static func read(_ store: ReadScope) throws -> [Count] {
        [
            Count("forms.scored", try store.tally("scored", "forms")),
            Count("forms.with-outcome", try store.tally("scored", "with-outcome")),
            Count(
                "forms.waiting",
                try store.count("SELECT count(*) FROM parked WHERE topic = 'answers' AND state = 'early'")),
            Count("forms.retracted", try store.count("SELECT count(*) FROM retracted")),
            // Decided by another version than they were given under; from an index of these alone.
            Count("forms.re-run", try store.count("SELECT count(*) FROM scored WHERE ruled_by <> instrument")),
            Count("re-runs.open", try store.count("SELECT count(*) FROM rerun WHERE done = 0")),
            // Respondents that re-runs left as they were; the next start tries them again.
            Count("re-runs.skipped", try store.count("SELECT coalesce(sum(skipped), 0) FROM rerun")),
            // Empty but after a loss.
            Count("outcomes.unsettled", try store.count("SELECT count(*) FROM said_before")),
            Count("instruments", try store.count("SELECT count(*) FROM instrument")),
        ]
    }

    /// What `/readyz` shows beside what every service does: outcomes aren't yet what they will be.
    static func warnings(_ store: ReadScope) throws -> [ReadinessWarning] {
        [
            ReadinessWarning("re-runs:open", holds: try store.exists("SELECT 1 FROM rerun WHERE done = 0")),
            ReadinessWarning("outcomes:unsettled", holds: try store.exists("SELECT 1 FROM said_before")),
        ]
    }
}
