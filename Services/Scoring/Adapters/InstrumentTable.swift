internal import Events
internal import Foundation
internal import Instruments
internal import Store
internal import Synchronization

/// The table of instruments, and the ones already read: a version's content never changes, so that a kept one is right
/// for ever.
final class InstrumentTable: Sendable {
    /// Versions kept in memory; beyond it the oldest reads again cost a decoding.
    private static let keptMax = 64
    private let kept = Mutex<[String: Instrument]>([:])

    /// The hash under which a version is in the store.
    func hash(of reference: InstrumentReference, in store: ReadScope) throws -> String? {
        try store.first(
            "SELECT sha256 FROM instrument WHERE code = ? AND version = ?", .text(reference.code),
            .text(reference.version)
        ) { $0.text(0) }
    }

    /// The instrument with exactly this content.
    /// - Throws: `StoreFailure`; `EventFault` or `InstrumentFaults` when this release can't score by what an earlier
    ///   one kept.
    func find(_ reference: InstrumentReference, in store: ReadScope) throws -> Instrument? {
        guard let instrument = try find(named: reference.name, in: store) else { return nil }
        return instrument.reference == reference ? instrument : nil
    }

    /// The instrument of a name that this store has written: one that decided a form is never taken out.
    func named(_ name: String, in store: ReadScope) throws -> Instrument {
        guard let instrument = try find(named: name, in: store) else {
            throw StoreFailure(
                .fatal, reason: "an instrument that decided a form is gone", hint: "restore the last backup")
        }
        return instrument
    }

    /// The instrument of a name that this store has written; nil when this release can't score by what it has of it.
    /// - Throws: `StoreFailure`.
    func usable(_ name: String, in store: ReadScope) throws -> Instrument? {
        do {
            return try find(named: name, in: store)
        } catch let failure as StoreFailure {
            throw failure
        } catch {
            return nil
        }
    }

    /// Versions whose content isn't the one that their hash names, or can't be read. Costs a decoding and a hash each.
    func altered(in store: ReadScope) throws -> [String] {
        try store.all("SELECT code || '/' || version, published FROM instrument ORDER BY code, version") { row in
            do {
                let published = try EventCodec.decode(Event<InstrumentPublished>.self, from: row.blob(1)).body
                let isItself = try published.hashMatches() && published.instrument.name == row.text(0)
                return isItself ? nil : row.text(0)
            } catch {
                return row.text(0)
            }
        }.compactMap { $0 }
    }

    /// Keeps an instrument as it was said.
    func keep(_ published: InstrumentPublished, bytes: [UInt8], in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO instrument (code, version, sha256, published) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET published = excluded.published
            """,
            .text(published.instrument.code), .text(published.instrument.version), .text(published.instrument.sha256),
            .blob(bytes))
    }

    private func find(named name: String, in store: ReadScope) throws -> Instrument? {
        if let instrument = kept.withLock({ $0[name] }) { return instrument }
        let bytes = try store.first(
            "SELECT published FROM instrument WHERE code || '/' || version = ?", .text(name)
        ) { $0.blob(0) }
        guard let bytes else { return nil }
        let published = try EventCodec.decode(Event<InstrumentPublished>.self, from: bytes).body
        let instrument = try Instrument(try CheckedInstrument(published))
        kept.withLock { kept in
            if kept.count >= Self.keptMax { kept.removeAll() }
            kept[name] = instrument
        }
        return instrument
    }
}
