public import Foundation
internal import Runtime

/// The id of one kind of thing, so that an offer can't stand where a consent is meant.
///
/// Travels as lower-case UUID text (Foundation's own coding of a UUID writes upper case, and keys are compared as
/// text).
public struct Identifier<Subject>: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The id.
    public let uuid: UUID

    /// An id of this kind.
    public init(_ uuid: UUID) { self.uuid = uuid }

    /// Reads UUID text; nil for anything else.
    public init?(_ text: String) {
        guard let uuid = UUID(text: text) else { return nil }
        self.uuid = uuid
    }

    /// Lower-case text.
    public var text: String { uuid.text }

    /// Sixteen bytes, as they are stored.
    public var bytes: [UInt8] { uuid.bytes }

    /// Lower-case text.
    public var description: String { text }

    /// Decodes UUID text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let uuid = UUID(text: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a UUID")
        }
        self.uuid = uuid
    }

    /// Encodes lower-case text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// Kinds of things that have an id. No values exist: they only tell identifiers apart.
public enum Identified {
    /// A child, by surrogate.
    public enum Child {}
    /// One person in relation to one child, by surrogate.
    public enum Respondent {}
    /// A visit.
    public enum Visit {}
    /// A screening: one parent at one visit.
    public enum Screening {}
    /// A conversation.
    public enum Conversation {}
    /// A support offer.
    public enum Offer {}
    /// A consent.
    public enum Consent {}
    /// A referral.
    public enum Referral {}
    /// Referrals of one course.
    public enum Thread {}
    /// A delivery of a notification.
    public enum Delivery {}
    /// An event.
    public enum Event {}
}

/// A child's surrogate: random, tells nothing.
public typealias ChildID = Identifier<Identified.Child>
/// A respondent's surrogate, one per child and person.
public typealias RespondentID = Identifier<Identified.Respondent>
/// A visit's id.
public typealias VisitID = Identifier<Identified.Visit>
/// A screening's id.
public typealias ScreeningID = Identifier<Identified.Screening>
/// A conversation's id.
public typealias ConversationID = Identifier<Identified.Conversation>
/// A support offer's id.
public typealias OfferID = Identifier<Identified.Offer>
/// A consent's id.
public typealias ConsentID = Identifier<Identified.Consent>
/// A referral's id.
public typealias ReferralID = Identifier<Identified.Referral>
/// The id that referrals of one course share.
public typealias ThreadID = Identifier<Identified.Thread>
/// A delivery's id.
public typealias DeliveryID = Identifier<Identified.Delivery>
/// An event's `ce_id`.
public typealias EventID = Identifier<Identified.Event>
