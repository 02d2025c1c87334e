import Accounts
import Docket
import Procedure
import Storage
import Web

extension ServiceArea {
    /// A case as this person may see it.
    ///
    /// - Throws: `NotFound` for what does not exist and for what is not theirs alike.
    func matter(_ id: DocketID, for viewer: Viewer) async throws -> CaseState {
        let state = try await state(of: id)
        guard viewer.may(.readCase, in: state) else { throw NotFound() }
        return state
    }

    func state(of id: DocketID) async throws -> CaseState {
        do {
            let (head, state) = try await registry.docket(id)
            guard head.kind == .matter else { throw NotFound() }
            return state
        } catch is NoSuchDocket {
            throw NotFound()
        } catch is KeyVaultError {
            throw NotFound()
        }
    }

    /// The place this person fills; the pages of parties are for nobody else.
    ///
    /// - Throws: `Forbidden` to the court's own people.
    func place(of viewer: Viewer, in state: CaseState, for deed: Deed) throws -> PartyPlace {
        guard let place = state.parties.place(of: viewer.account) else { throw Forbidden(deed) }
        return place
    }

    /// What the rules are told when something is only looked at.
    func looking(at now: Instant) -> Context {
        Context(
            now: now, court: court, tables: registry.tables,
            acting: Acting(account: AccountID(high: 0, low: 1), capacity: .court))
    }

    /// What people call the case: its number, or who against whom.
    func name(of state: CaseState) -> String { state.filing.docketed?.number.rawValue ?? MatterTitle.of(state) }
}

extension DocumentReference {
    /// The links to its stored forms: the authoritative one under the document's own name, then the view to read.
    func links(in docket: DocketID, _ voice: Voice) -> [DocumentLink] {
        let views = files.dropFirst().map { file in
            DocumentLink(
                voice("网页阅读", "Read as a page"), path: "/files/\(docket)/\(file.file)", bytes: file.bytes, kind: nil)
        }
        return [link(in: docket, voice)].compactMap(\.self) + views
    }

    /// The authoritative form alone, under the document's own name.
    func link(in docket: DocketID, _ voice: Voice) -> DocumentLink? {
        files.first.map {
            DocumentLink(voice(kind.name), path: "/files/\(docket)/\($0.file)", bytes: $0.bytes, kind: "PDF")
        }
    }
}

extension Explanation {
    /// A disclosure that says why; nothing when there is nothing to say.
    func disclosure(_ summary: Words, _ voice: Voice) -> HTML? {
        lines.isEmpty ? nil : Disclosure(summary, ExplanationList(self).html(voice)).html(voice)
    }
}
