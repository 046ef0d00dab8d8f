internal import COpenSSL

/// HMAC with SHA-256 (RFC 2104, FIPS 198-1). Any thread; never fails.
public enum HMACSHA256 {
    /// The authentication code of the bytes under the key; 32 bytes. A key may have any length; under 32 bytes it is
    /// weaker than the code.
    public static func authenticate(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        authenticate(parts: [bytes], key: key)
    }

    /// The authentication code of the parts one after the other, as if they were one.
    public static func authenticate(parts: [[UInt8]], key: [UInt8]) -> [UInt8] {
        let context = required(EVP_MAC_CTX_new(Algorithms.hmac))
        defer { EVP_MAC_CTX_free(context) }
        start(context, key: key)
        for part in parts {
            part.withUnsafeBufferPointer { required(EVP_MAC_update(context, $0.baseAddress, $0.count)) }
        }
        return [UInt8](unsafeUninitializedCapacity: SHA256.hashBytes) { buffer, count in
            required(EVP_MAC_final(context, buffer.baseAddress, &count, SHA256.hashBytes))
        }
    }

    /// Whether the code is the one for the bytes under the key; in constant time.
    public static func isValid(_ code: [UInt8], for bytes: [UInt8], key: [UInt8]) -> Bool {
        constantTimeEquals(code, authenticate(bytes, key: key))
    }

    private static func start(_ context: OpaquePointer, key: [UInt8]) {
        // An empty key is a key of no bytes; a null pointer would mean "the key set before".
        let addressable = key.isEmpty ? [0] : key
        var digest = Array("SHA256".utf8CString)
        digest.withUnsafeMutableBufferPointer { digest in
            let parameters = [
                OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.baseAddress, 0),
                OSSL_PARAM_construct_end(),
            ]
            required(EVP_MAC_init(context, addressable, key.count, parameters))
        }
    }
}
