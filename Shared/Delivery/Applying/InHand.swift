internal import Foundation
internal import Store
internal import Synchronization

/// Which record is being handled right now, kept in a small file that survives the process but costs no disk sync.
///
/// A trap in a handler ends the process before anything is committed. The next start finds the record's place here, and
/// after the third time parks the record (DESIGN 3.2). A power cut may lose the note; then the count is one lower.
///
/// The file is mapped: the page is the kernel's and outlives the process, and noting a record costs no system call.
final class InHand: Sendable {
    /// The place of a record.
    struct Place: Hashable, Sendable {
        let topic: String
        let partition: Int32
        let offset: Int64
    }

    /// Where the parts stand in the file. The first byte says whether the rest is whole: 1, or anything else for none.
    private enum Layout {
        static let isWhole = 0
        static let topicCount = 1
        static let partition = 4
        static let offset = 8
        static let topic = 16
        static let bytes = 128
    }

    private let page: Mutex<UnsafeMutableRawBufferPointer>

    /// - Throws: when the file can't be opened, or there is no room for its one block: without that, a later note
    ///   would end the process.
    init(path: String) throws(StoreFailure) {
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Self.failure("opened", hint: "check the owner") }
        defer { close(file) }
        var note = [UInt8](repeating: 0, count: Layout.bytes)
        guard pread(file, &note, Layout.bytes, 0) >= 0, pwrite(file, note, Layout.bytes, 0) == Layout.bytes else {
            throw Self.failure("written", hint: "make room on the volume of the data directory")
        }
        guard let page = mmap(nil, Layout.bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0), page != MAP_FAILED else {
            throw Self.failure("mapped", hint: "the data directory must be on a local file system")
        }
        self.page = Mutex(UnsafeMutableRawBufferPointer(start: page, count: Layout.bytes))
    }

    deinit { page.withLock { _ = munmap($0.baseAddress, $0.count) } }

    /// Notes that a record is in hand.
    func take(_ place: Place) {
        page.withLock { page in
            // However far it comes, a note that isn't whole is taken for none.
            Self.mark(page, isWhole: false)
            let count = Layout.topic..<Layout.topic + min(place.topic.utf8.count, Layout.bytes - Layout.topic)
            UnsafeMutableRawBufferPointer(rebasing: page[count]).copyBytes(from: place.topic.utf8.prefix(count.count))
            page[Layout.topicCount] = UInt8(count.count)
            page.storeBytes(of: place.partition, toByteOffset: Layout.partition, as: Int32.self)
            page.storeBytes(of: place.offset, toByteOffset: Layout.offset, as: Int64.self)
            Self.mark(page, isWhole: true)
        }
    }

    /// Notes that nothing is in hand.
    func putDown() { page.withLock { Self.mark($0, isWhole: false) } }

    /// What the process before this one had in hand when it ended.
    func leftBehind() -> Place? {
        page.withLock { page in
            let end = Layout.topic + Int(page[Layout.topicCount])
            guard page[Layout.isWhole] == 1, end <= page.count else { return nil }
            return Place(
                topic: String(decoding: page[Layout.topic..<end], as: UTF8.self),
                partition: page.load(fromByteOffset: Layout.partition, as: Int32.self),
                offset: page.load(fromByteOffset: Layout.offset, as: Int64.self))
        }
    }

    /// The fences keep the compiler from moving what is noted past the mark.
    private static func mark(_ page: UnsafeMutableRawBufferPointer, isWhole: Bool) {
        atomicMemoryFence(ordering: .acquiringAndReleasing)
        page[Layout.isWhole] = isWhole ? 1 : 0
        atomicMemoryFence(ordering: .acquiringAndReleasing)
    }

    private static func failure(_ what: String, hint: String) -> StoreFailure {
        StoreFailure(.fatal, reason: "the note of the record in hand can't be \(what)", hint: hint)
    }
}
