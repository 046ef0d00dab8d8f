internal import Cryptography
internal import Events
internal import FHIR
internal import HTTPServer
internal import Runtime
internal import Store

/// Lists a child: gives it and those who may answer their surrogates, and says so without saying who they are.
///
/// The identity number is the natural key: the same document again gets the same answer, another one a conflict.
struct ListChild: Sendable {
    /// The surrogates, for whoever listed the child.
    struct Answer: Encodable, Sendable {
        struct Respondent: Encodable, Sendable {
            let respondent: RespondentID
            let relation: Relation
            let guardian: Guardianship
        }

        let child: ChildID
        /// In the order of the document.
        let respondents: [Respondent]
    }

    let listing: Listing
    /// Hash of the document, whatever the order of its members.
    let digest: [UInt8]

    init(_ listing: Listing, json: JSONValue) {
        self.listing = listing
        digest = SHA256.hash(json.json(sorted: true))
    }

    func perform(_ write: Write, in transaction: Transaction) throws -> (child: ChildID, answer: Answer) {
        guard write.intake.registry.unit(listing.unit) != nil else {
            throw Problem.unprocessable("No such unit.", errors: [.init("is not a unit of the registry", at: "#/unit")])
        }
        guard write.mayActFor(unit: listing.unit) else { throw Problem.forbidden }
        let known = try IdentityTable.child(
            system: listing.identity.system, value: listing.identity.value, in: transaction)
        if let known {
            guard known.digest == digest else {
                throw Problem.conflict("This child is listed already, with another document.")
            }
            try write.audit("child.read", known.child, known.child.text, in: transaction)
            return (known.child, answer(known.child, try ChildTable.respondents(of: known.child, in: transaction)))
        }
        let child = Child(
            id: ChildID(write.intake.ids.random()), unit: listing.unit, residence: listing.residence,
            birthMonth: listing.birthMonth, birthDay: StockholmDay.number(of: listing.birthDate), since: listing.since,
            isRestricted: listing.isFamilyRestricted, isSynthetic: listing.isSynthetic)
        let respondents = try keep(child, write, in: transaction)
        try write.say(
            ChildListed(
                child: child.id, birthMonth: child.birthMonth, since: child.since,
                respondents: respondents.map {
                    ListedRespondent(respondent: $0.id, relation: $0.relation, guardian: $0.guardian)
                },
                previousProvider: listing.hadPreviousProvider),
            about: child, at: write.now, in: transaction)
        try write.audit("child.listed", child.id, child.id.text, in: transaction)
        return (child.id, answer(child.id, respondents))
    }

    private func keep(_ child: Child, _ write: Write, in transaction: Transaction) throws -> [Respondent] {
        try ChildTable.write(child, digest: digest, in: transaction)
        try IdentityTable.write(listing.identity, of: child.id.uuid, about: child.id, in: transaction)
        var respondents: [Respondent] = []
        for person in listing.respondents {
            let respondent = Respondent(
                id: RespondentID(write.intake.ids.random()), relation: person.relation, guardian: person.guardian)
            try ChildTable.write(respondent, of: child.id, place: respondents.count, in: transaction)
            if let identity = person.identity {
                try IdentityTable.write(identity, of: respondent.id.uuid, about: child.id, in: transaction)
            }
            respondents.append(respondent)
        }
        return respondents
    }

    private func answer(_ child: ChildID, _ respondents: [Respondent]) -> Answer {
        Answer(
            child: child,
            respondents: respondents.map {
                Answer.Respondent(respondent: $0.id, relation: $0.relation, guardian: $0.guardian)
            })
    }
}
