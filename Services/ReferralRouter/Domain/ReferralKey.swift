internal import Cryptography
internal import Events
internal import Foundation
internal import Runtime

/// What exactly a referral follows from: the terms of the offer, the acceptance, the consent and the child's listing,
/// each by the revision in which it began.
///
/// In ordinary life there is one for an offer. When something was taken back and later given anew, it is another one: a
/// cancelled referral is never revived. Ids follow from the key alone, so that repeated work says the same.
struct ReferralKey: Codable, Hashable, Sendable {
    let offer: OfferID
    let offerSince: Int
    let acceptedSince: Int
    let consent: ConsentID
    let consentSince: Int
    let listedSince: Int

    /// The referral's id.
    var referral: ReferralID { ReferralID(Self.uuid(hash("referral"))) }

    /// What people say on the telephone.
    var referenceNumber: ReferenceNumber { ReferenceNumber(hash: hash("reference-number")) }

    /// The id that all referrals of an offer share.
    static func thread(of offer: OfferID) -> ThreadID {
        ThreadID(uuid(SHA256.hash(Array("thread/\(offer.text)".utf8))))
    }

    private func hash(_ purpose: String) -> [UInt8] {
        let text =
            "\(purpose)/\(offer.text)/\(offerSince)/\(acceptedSince)/\(consent.text)/\(consentSince)/\(listedSince)"
        return SHA256.hash(Array(text.utf8))
    }

    /// A UUIDv8 of the hash's first bits (RFC 9562 section 5.8).
    private static func uuid(_ hash: [UInt8]) -> UUID {
        let high = hash[0..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let low = hash[8..<16].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return UUID(high: high, low: low, version: 8)
    }
}
