internal import Delivery
internal import Events
internal import HTTPServer
internal import Runtime
internal import Store

extension StandingConsent {
    /// The consent with its child, for a caller who may act for it.
    static func find(
        _ consent: ConsentID, _ write: Write, in transaction: Transaction
    ) throws -> (standing: StandingConsent, child: Child) {
        guard let standing = try ConsentTable.find(consent, in: transaction),
            let child = try ChildTable.find(standing.child, in: transaction)
        else { throw Problem.notFound }
        guard write.mayActFor(child) else { throw Problem.forbidden }
        return (standing, child)
    }
}

extension Write {
    /// Says a consent as it stands from now on, and keeps it.
    func say(
        _ consent: ConsentGiven, about child: Child, at givenAt: Timestamp, revision: Int = 1,
        replaces: EventID? = nil, in transaction: Transaction
    ) throws {
        let event = Event(common(child, at: givenAt, revision: revision, replaces: replaces), consent)
        let saying = try Saying(event, child: child.id)
        let id = try say(saying, in: transaction)
        try ConsentTable.write(event, bytes: saying.value, event: id, of: child.id, in: transaction)
    }
}
