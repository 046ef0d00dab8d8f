internal import CMicroHTTPD

extension HTTPServerSettings.TLS {
    /// Whether the library takes the certificate and the key, and the two belong together.
    public var hasUsableKey: Bool {
        http_key_is_usable(certificatePEM, UInt32(certificatePEM.count), keyPEM, UInt32(keyPEM.count)) != 0
    }

    /// Whether the library finds certificates in the clients' authorities; true when clients need none.
    public var hasUsableAuthorities: Bool {
        guard let clientAuthoritiesPEM else { return true }
        return http_authorities_are_usable(clientAuthoritiesPEM, UInt32(clientAuthoritiesPEM.count)) != 0
    }
}
