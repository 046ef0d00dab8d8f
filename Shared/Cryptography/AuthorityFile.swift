internal import COpenSSL

/// A file of certificates to trust, PEM.
public enum AuthorityFile {
    /// Whether OpenSSL, and so libcurl, can take the file: it has a certificate, and none that is broken.
    public static func isUsable(_ path: String) -> Bool {
        guard let store = X509_STORE_new() else { return false }
        defer {
            X509_STORE_free(store)
            ERR_clear_error()
        }
        return X509_STORE_load_file(store, path) == 1
    }
}
