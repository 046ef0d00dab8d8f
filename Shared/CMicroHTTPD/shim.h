// libmicrohttpd as Swift sees it. Only `HTTPServer` imports this module.
//
// What stands here and not in Swift, and why: the start and the connection's properties are variadic C functions, which
// Swift can't call; the log callback takes a va_list; certificates are GnuTLS' business, whose macros and casts are
// shorter in C.
#pragma once
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <microhttpd.h>
#include <stdint.h>

/// Everything a server is started with. Pointers that are NULL leave their option out.
struct HTTPDaemonSettings {
    /// Handed to every callback.
    void *context;
    MHD_AccessHandlerCallback handle;
    MHD_RequestCompletedCallback completed;
    MHD_NotifyConnectionCallback connection;
    /// Gets the format of a message of the library, without its arguments: those may hold what a client sent.
    void (*message)(void *context, const char *format);
    /// Leaves the escapes of addresses in place: the router decodes each segment by itself.
    size_t (*unescape)(void *context, struct MHD_Connection *connection, char *text);
    /// Bound and listening; stays the caller's.
    int listening_socket;
    unsigned int threads;
    unsigned int connections_max;
    unsigned int connections_per_address_max;
    unsigned int idle_seconds_max;
    size_t connection_bytes_max;
    /// PEM texts that end in a zero byte; they must live until the daemon is stopped.
    const char *certificate;
    const char *key;
    const char *client_authorities;
};

/// The library's log callback: passes on the format only.
static void http_daemon_message(void *settings, const char *format, va_list arguments) {
    (void)arguments;
    const struct HTTPDaemonSettings *daemon = (const struct HTTPDaemonSettings *)settings;
    daemon->message(daemon->context, format);
}

/// Starts a daemon; NULL when the library refuses. `settings` must live until it is stopped.
static inline struct MHD_Daemon *http_daemon_start(struct HTTPDaemonSettings *settings) {
    // Poll, never epoll: with 128 busy connections on a thread the epoll loop of 0.9.75 sleeps with work at hand.
    unsigned int flags = MHD_USE_POLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    struct MHD_OptionItem options[16] = {
        {MHD_OPTION_EXTERNAL_LOGGER, (intptr_t)http_daemon_message, settings},
        {MHD_OPTION_LISTEN_SOCKET, settings->listening_socket, NULL},
        {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)settings->completed, settings->context},
        {MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)settings->connection, settings->context},
        {MHD_OPTION_UNESCAPE_CALLBACK, (intptr_t)settings->unescape, NULL},
        {MHD_OPTION_CONNECTION_LIMIT, settings->connections_max, NULL},
        {MHD_OPTION_PER_IP_CONNECTION_LIMIT, settings->connections_per_address_max, NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, settings->idle_seconds_max, NULL},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, (intptr_t)settings->connection_bytes_max, NULL},
        {MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL},
    };
    size_t next = 10;
    if (settings->threads > 1) {
        options[next++] = (struct MHD_OptionItem){MHD_OPTION_THREAD_POOL_SIZE, settings->threads, NULL};
    }
    if (settings->certificate != NULL) {
        flags |= MHD_USE_TLS;
        options[next++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)settings->certificate};
        options[next++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)settings->key};
        options[next++] = (struct MHD_OptionItem){
            MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)"NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"};
        if (settings->client_authorities != NULL) {
            options[next++] =
                (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_TRUST, 0, (void *)settings->client_authorities};
        }
    }
    options[next] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};
    return MHD_start_daemon(
        flags, 0, NULL, NULL, settings->handle, settings->context, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
}

/// Whether GnuTLS can take the PEM texts: a certificate and the key that belongs to it.
static inline int http_key_is_usable(
    const uint8_t *certificate, unsigned int certificate_bytes, const uint8_t *key, unsigned int key_bytes) {
    gnutls_datum_t certificate_text = {(unsigned char *)certificate, certificate_bytes};
    gnutls_datum_t key_text = {(unsigned char *)key, key_bytes};
    gnutls_certificate_credentials_t credentials;
    if (gnutls_certificate_allocate_credentials(&credentials) != 0) return 0;
    int code = gnutls_certificate_set_x509_key_mem(credentials, &certificate_text, &key_text, GNUTLS_X509_FMT_PEM);
    gnutls_certificate_free_credentials(credentials);
    return code >= 0;
}

/// Whether GnuTLS finds certificates to trust in the PEM text.
static inline int http_authorities_are_usable(const uint8_t *authorities, unsigned int bytes) {
    gnutls_datum_t text = {(unsigned char *)authorities, bytes};
    gnutls_certificate_credentials_t credentials;
    if (gnutls_certificate_allocate_credentials(&credentials) != 0) return 0;
    int count = gnutls_certificate_set_x509_trust_mem(credentials, &text, GNUTLS_X509_FMT_PEM);
    gnutls_certificate_free_credentials(credentials);
    return count > 0;
}

/// The connection's socket, -1 when the library doesn't say.
static inline int http_connection_socket(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *socket = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return socket == NULL ? -1 : socket->connect_fd;
}

/// What the connection callback put into the connection.
static inline void *http_connection_context(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *context =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return context == NULL ? NULL : context->socket_context;
}

/// Whether the peer showed a certificate for clients that the trusted authorities vouch for today; its subject as
/// RFC 4514 text goes to `subject`. The library by itself only asks for one and serves whoever shows none.
static inline int http_peer_is_verified(struct MHD_Connection *connection, char *subject, size_t subject_bytes) {
    const union MHD_ConnectionInfo *tls = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    if (tls == NULL || tls->tls_session == NULL) return 0;
    gnutls_session_t session = (gnutls_session_t)tls->tls_session;
    gnutls_typed_vdata_st purpose = {GNUTLS_DT_KEY_PURPOSE_OID, (unsigned char *)GNUTLS_KP_TLS_WWW_CLIENT, 0};
    unsigned int status = 0;
    if (gnutls_certificate_verify_peers(session, &purpose, 1, &status) != 0 || status != 0) return 0;
    unsigned int count = 0;
    const gnutls_datum_t *chain = gnutls_certificate_get_peers(session, &count);
    gnutls_x509_crt_t certificate;
    if (chain == NULL || count == 0 || gnutls_x509_crt_init(&certificate) != 0) return 0;
    size_t size = subject_bytes;
    int known = gnutls_x509_crt_import(certificate, &chain[0], GNUTLS_X509_FMT_DER) == 0
                && gnutls_x509_crt_get_dn(certificate, subject, &size) == 0;
    gnutls_x509_crt_deinit(certificate);
    return known;
}
