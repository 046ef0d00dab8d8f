/// A ring of keys: seals with the newest, opens with the one a sealed value names.
///
/// A key is changed by putting a new one in front; the old one stays as long as anything sealed with it is kept. Under
/// one key at most 2^32 values may be sealed, because nonces are random (NIST SP 800-38D section 8.3); change it long
/// before: at a thousand a second that is 49 days.
///
/// The sealed value, all of whose bytes are authenticated together with the caller's associated data:
///
///     1 byte     layout, always 1
///     1 byte     length of the key's id
///     1–32       the key's id, ASCII
///     12         nonce, random
///     as given   encrypted text
///     16         tag
///
/// Any thread; sealing or opening a few hundred bytes costs one to two microseconds.
public struct SealingKeys: Sendable {
    /// The most plain text that one sealing takes, and the most associated data.
    public static let bytesMax = 64 << 20

    /// The key that seals.
    public let newest: SealingKey
    private let byID: [String: SealingKey]

    /// A ring of these keys.
    /// - Throws: `.unusableKey` when two have the same id; its line is the key's place, the newest being 1.
    public init(newest: SealingKey, older: [SealingKey] = []) throws(CryptographyFailure) {
        self.newest = newest
        var byID = [newest.id: newest]
        for (index, key) in older.enumerated() {
            guard byID.updateValue(key, forKey: key.id) == nil else {
                throw .unusableKey(line: index + 2, .repeatedID)
            }
        }
        self.byID = byID
    }

    /// Reads a key file: a line for each key, the newest first, as `2026-11:` and 64 lower-case hexadecimal digits.
    /// Empty lines and those that begin with `#` are passed over.
    public init(text: String) throws(CryptographyFailure) {
        var keys: [SealingKey] = []
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            if line.isEmpty || line.hasPrefix("#") { continue }
            let key = try Self.key(line: line, number: index + 1)
            guard !keys.contains(where: { $0.id == key.id }) else {
                throw .unusableKey(line: index + 1, .repeatedID)
            }
            keys.append(key)
        }
        guard let newest = keys.first else { throw .unusableKey(line: 1, .missing) }
        try self.init(newest: newest, older: Array(keys.dropFirst()))
    }

    /// Seals the plain text so that it opens only beside the same associated data: the name of its place (table, row,
    /// subject), so that a sealed value can't be moved to another.
    /// - Throws: `.tooLarge`, `.randomUnavailable`.
    public func seal(_ plain: [UInt8], associated: [UInt8]) throws(CryptographyFailure) -> [UInt8] {
        guard plain.count <= Self.bytesMax, associated.count <= Self.bytesMax else {
            throw .tooLarge(bytesMax: Self.bytesMax)
        }
        let nonce = try SecureRandom.bytes(AES256GCM.nonceBytes)
        let header = SealedLayout.header(keyID: newest.id)
        let (encrypted, tag) = AES256GCM.encrypt(
            plain, key: newest.bytes, nonce: nonce, associated: [header, associated])
        return header + nonce + encrypted + tag
    }

    /// Opens what `seal` made, with the key it names.
    /// - Throws: `.notSealed`, `.unknownKey`, `.notAuthentic`, `.tooLarge`; then nothing of the plain text has been
    ///   given out.
    public func open(_ sealed: [UInt8], associated: [UInt8]) throws(CryptographyFailure) -> [UInt8] {
        let layout = try SealedLayout(sealed)
        guard layout.encrypted.count <= Self.bytesMax, associated.count <= Self.bytesMax else {
            throw .tooLarge(bytesMax: Self.bytesMax)
        }
        guard let key = byID[layout.keyID] else { throw .unknownKey(id: layout.keyID) }
        let plain = AES256GCM.decrypt(
            Array(layout.encrypted), tag: Array(layout.tag), key: key.bytes, nonce: Array(layout.nonce),
            associated: [Array(layout.header), associated])
        guard let plain else { throw .notAuthentic }
        return plain
    }

    /// The id of the key that opens the sealed value, read without opening it.
    public static func keyID(of sealed: [UInt8]) throws(CryptographyFailure) -> String {
        try SealedLayout(sealed).keyID
    }

    private static func key(line: Substring, number: Int) throws(CryptographyFailure) -> SealingKey {
        let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let bytes = [UInt8](hexText: parts[1]) else {
            throw .unusableKey(line: number, .syntax)
        }
        return try SealingKey(id: String(parts[0]), bytes: bytes, line: number)
    }
}
