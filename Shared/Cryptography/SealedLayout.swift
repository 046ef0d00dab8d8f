/// Where the parts of a sealed value lie (`SealingKeys` draws them).
struct SealedLayout {
    private static let version: UInt8 = 1

    let keyID: String
    let header: ArraySlice<UInt8>
    let nonce: ArraySlice<UInt8>
    let encrypted: ArraySlice<UInt8>
    let tag: ArraySlice<UInt8>

    /// The header says its own length, so that header and associated data can be authenticated one after the other
    /// without another pair giving the same bytes.
    static func header(keyID: String) -> [UInt8] {
        [version, UInt8(keyID.utf8.count)] + Array(keyID.utf8)
    }

    init(_ sealed: [UInt8]) throws(CryptographyFailure) {
        guard sealed.count >= 2, sealed[0] == Self.version else { throw .notSealed }
        let headerEnd = 2 + Int(sealed[1])
        let nonceEnd = headerEnd + AES256GCM.nonceBytes
        guard (1...32).contains(sealed[1]), sealed.count >= nonceEnd + AES256GCM.tagBytes else { throw .notSealed }
        guard let keyID = String(validating: sealed[2..<headerEnd], as: UTF8.self) else { throw .notSealed }
        self.keyID = keyID
        header = sealed[..<headerEnd]
        nonce = sealed[headerEnd..<nonceEnd]
        encrypted = sealed[nonceEnd..<(sealed.count - AES256GCM.tagBytes)]
        tag = sealed[(sealed.count - AES256GCM.tagBytes)...]
    }
}
