import Events
import Runtime
import Testing

@testable import Notifier

@Suite("An attempt may begin only under the consent's rule")
struct AttemptCheckTests {
    static let today = CalendarDay("2026-11-24")!
    static let request = Dossier.Request(
        referral: Story(1).referral, consent: Story(1).consent, recipient: "r", requestedAt: Story.start)
    static let given = KnownConsent.Given(recipient: "r", complete: true, feedback: .course, validUntil: nil)

    /// One row of the table: what is different from the case in which an attempt begins.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let verdict: AttemptCheck.Verdict
        var notice = Notice.requested
        var consent: KnownConsent? = KnownConsent(given: given)
        var standing = ReferralStanding.open
        var viewIsFresh = true
        var phone: String? = "1"
        var channels: [ChannelKind]? = [.webhook]
        var endpoint = AttemptCheck.Endpoint.ready
    }

    static func consent(
        recipient: String? = "r", complete: Bool = true, validUntil: String? = nil, withdrawnAt: Timestamp? = nil
    ) -> KnownConsent {
        KnownConsent(
            given: KnownConsent.Given(
                recipient: recipient, complete: complete, feedback: .nothing,
                validUntil: validUntil.flatMap { CalendarDay($0) }), withdrawnAt: withdrawnAt)
    }

    static let rows: [Row] = [
        Row(testDescription: "everything in order", verdict: .begin(.webhook)),
        Row(testDescription: "no consent has come", verdict: .hold(.consentMissing), consent: nil),
        Row(
            testDescription: "only the withdrawal of its feedback has come", verdict: .hold(.consentMissing),
            consent: KnownConsent(feedbackWithdrawn: true)),
        Row(
            testDescription: "a guardian is missing", verdict: .hold(.consentIncomplete),
            consent: consent(complete: false)),
        Row(
            testDescription: "the consent names another recipient", verdict: .hold(.consentNamesAnother),
            consent: consent(recipient: "another")),
        Row(
            testDescription: "the consent names nobody", verdict: .hold(.consentNamesAnother),
            consent: consent(recipient: nil)),
        Row(
            testDescription: "the consent's last day was yesterday", verdict: .hold(.consentExpired),
            consent: consent(validUntil: "2026-11-23")),
        Row(
            testDescription: "the consent's last day is today", verdict: .begin(.webhook),
            consent: consent(validUntil: "2026-11-24")),
        Row(
            testDescription: "the consent is withdrawn", verdict: .stop, consent: consent(withdrawnAt: Story.start)),
        Row(
            testDescription: "withdrawn before it had come", verdict: .stop,
            consent: KnownConsent(withdrawnAt: Story.start)),
        Row(
            testDescription: "a withdrawn consent isn't asked for a fresh view", verdict: .stop,
            consent: consent(withdrawnAt: Story.start), viewIsFresh: false),
        Row(testDescription: "the referral is closed", verdict: .stop, standing: .closed),
        Row(
            testDescription: "the referral is taken back", verdict: .stop, standing: .recalled(at: Story.start)),
        Row(testDescription: "the ends were not seen within a minute", verdict: .notNow, viewIsFresh: false),
        Row(testDescription: "the unit has not come", verdict: .hold(.unitUnknown), phone: nil),
        Row(testDescription: "the recipient has not come", verdict: .hold(.recipientUnknown), channels: nil),
        Row(testDescription: "no channel that we speak", verdict: .hold(.channelMissing), channels: [.mail]),
        Row(testDescription: "the inbox only", verdict: .begin(.inbox), channels: [.mail, .inbox]),
        Row(testDescription: "the first channel that we speak", verdict: .begin(.inbox), channels: [.inbox, .webhook]),
        Row(testDescription: "no address in the settings", verdict: .hold(.endpointUnknown), endpoint: .unknown),
        Row(testDescription: "the address is gone", verdict: .hold(.endpointGone), endpoint: .gone),
        Row(
            testDescription: "a recall needs no consent", verdict: .begin(.webhook), notice: .recalled,
            consent: consent(withdrawnAt: Story.start), standing: .recalled(at: Story.start)),
        Row(
            testDescription: "a cut-off notifier doesn't even recall", verdict: .notNow, notice: .recalled,
            viewIsFresh: false),
    ]

    @Test("as the table says", arguments: rows)
    func verdict(row: Row) {
        let dossier = Dossier(request: Self.request, standing: row.standing, consent: row.consent)
        let check = AttemptCheck(
            notice: row.notice, dossier: dossier, today: Self.today, viewIsFresh: row.viewIsFresh,
            unitPhone: row.phone, channels: row.channels, endpoint: row.endpoint)
        #expect(check.verdict() == row.verdict)
    }

    @Test("the day ends at midnight in Sweden")
    func swedishDay() throws {
        let winter = try #require(Timestamp(rfc3339: "2026-11-24T22:59:59Z"))
        #expect(try SwedishDay.at(winter).text == "2026-11-24")
        #expect(try SwedishDay.at(winter + .seconds(1)).text == "2026-11-25")
        let summer = try #require(Timestamp(rfc3339: "2026-07-01T21:59:59Z"))
        #expect(try SwedishDay.at(summer).text == "2026-07-01")
        #expect(try SwedishDay.at(summer + .seconds(1)).text == "2026-07-02")
    }
}
