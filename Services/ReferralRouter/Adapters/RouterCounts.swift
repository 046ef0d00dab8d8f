internal import Delivery
internal import Store

/// What the router counts for the reconciling of the chain.
enum RouterCounts {
    static func read(_ store: ReadScope) throws -> [Count] {
        var counts = [
            Count("offers", try store.count("SELECT count(*) FROM offer WHERE kind IS NOT NULL")),
            Count("consents", try store.count("SELECT count(*) FROM consent WHERE offer IS NOT NULL")),
            Count("referrals.requested", try store.count("SELECT count(*) FROM referral")),
            Count("referrals.recalled", try store.count("SELECT count(*) FROM referral WHERE state = 'cancelled'")),
            Count("referrals.held", try store.count("SELECT count(*) FROM offer WHERE standing LIKE 'held.%'")),
            Count(
                "offers.awaiting-consent",
                try store.count("SELECT count(*) FROM offer WHERE standing = 'awaiting-consent'")),
            Count(
                "offers.awaiting-listing",
                try store.count("SELECT count(*) FROM offer WHERE standing = 'awaiting-listing'")),
            Count("answers", try store.count("SELECT count(*) FROM answer")),
            Count("answers.effect.waiting", try store.count("SELECT count(*) FROM answer WHERE effect = 'waiting'")),
            Count("answers.effect.ignored", try store.count("SELECT count(*) FROM answer WHERE effect = 'ignored'")),
            Count("answers.effect.withheld", try store.count("SELECT count(*) FROM answer WHERE effect = 'withheld'")),
            Count("answers.effect.late", try store.count("SELECT count(*) FROM answer WHERE effect = 'late'")),
            Count(
                "contact-lists",
                try store.count("SELECT count(*) FROM published WHERE type = 'contact-list.published'")),
            Count("recipients", try store.count("SELECT count(*) FROM published WHERE type = 'recipient.changed'")),
            Count(
                "notifications.exhausted",
                try store.count(
                    "SELECT count(*) FROM fact WHERE type = 'barnsakert.notification.exhausted.v1'")),
        ]
        counts += try store.all("SELECT kind, count(*) FROM offer WHERE kind IS NOT NULL GROUP BY kind") {
            Count("offers.kind.\($0.text(0))", $0.int(1))
        }
        counts += try store.all("SELECT standing, count(*) FROM offer WHERE standing LIKE 'held.%' GROUP BY standing") {
            Count("referrals.\($0.text(0))", $0.int(1))
        }
        counts += try store.all("SELECT state, count(*) FROM referral GROUP BY state") {
            Count("referrals.state.\($0.text(0))", $0.int(1))
        }
        counts += try store.all("SELECT answer, count(*) FROM answer GROUP BY answer") {
            Count("answers.\($0.text(0))", $0.int(1))
        }
        return counts
    }
}
