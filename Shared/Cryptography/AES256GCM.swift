internal import COpenSSL

/// AES-256 in Galois/Counter Mode (NIST SP 800-38D) with 96-bit nonces and 128-bit tags. Lengths are the caller's duty:
/// 32 bytes of key, 12 of nonce, 16 of tag.
enum AES256GCM {
    static let nonceBytes = 12
    static let tagBytes = 16

    static func encrypt(
        _ plain: [UInt8], key: [UInt8], nonce: [UInt8], associated: [[UInt8]]
    ) -> (encrypted: [UInt8], tag: [UInt8]) {
        precondition(key.count == SealingKey.keyBytes && nonce.count == nonceBytes)
        let context = Context()
        required(EVP_EncryptInit_ex2(context.pointer, Algorithms.aes256GCM, key, nonce, nil))
        for part in associated { context.update(associated: part) }
        let encrypted = required(context.update(plain))
        required(EVP_EncryptFinal_ex(context.pointer, nil, &context.unusedLength))
        var tag = [UInt8](repeating: 0, count: tagBytes)
        required(EVP_CIPHER_CTX_ctrl(context.pointer, EVP_CTRL_AEAD_GET_TAG, Int32(tagBytes), &tag))
        return (encrypted, tag)
    }

    /// The plain text, or nil when the tag doesn't fit it all.
    static func decrypt(
        _ encrypted: [UInt8], tag: [UInt8], key: [UInt8], nonce: [UInt8], associated: [[UInt8]]
    ) -> [UInt8]? {
        precondition(key.count == SealingKey.keyBytes && nonce.count == nonceBytes && tag.count == tagBytes)
        let context = Context()
        required(EVP_DecryptInit_ex2(context.pointer, Algorithms.aes256GCM, key, nonce, nil))
        for part in associated { context.update(associated: part) }
        guard let plain = context.update(encrypted) else { return nil }
        var tag = tag
        required(EVP_CIPHER_CTX_ctrl(context.pointer, EVP_CTRL_AEAD_SET_TAG, Int32(tagBytes), &tag))
        guard EVP_DecryptFinal_ex(context.pointer, nil, &context.unusedLength) == 1 else { return nil }
        return plain
    }

    /// One use of the cipher.
    private final class Context {
        let pointer = required(EVP_CIPHER_CTX_new())
        /// Where libcrypto puts lengths that are known beforehand: GCM pads nothing.
        var unusedLength: Int32 = 0

        deinit { EVP_CIPHER_CTX_free(pointer) }

        func update(associated bytes: [UInt8]) {
            if bytes.isEmpty { return }
            required(EVP_CipherUpdate(pointer, nil, &unusedLength, bytes, Int32(bytes.count)))
        }

        func update(_ bytes: [UInt8]) -> [UInt8]? {
            if bytes.isEmpty { return [] }
            var done = false
            let output = [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, count in
                done = EVP_CipherUpdate(pointer, buffer.baseAddress, &unusedLength, bytes, Int32(bytes.count)) == 1
                count = done ? bytes.count : 0
            }
            return done ? output : nil
        }
    }
}
