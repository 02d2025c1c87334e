extension Act {
    /// The documents an act names; the first act to name one brought it into the docket.
    public var documents: [DocumentReference] {
        switch self {
        case .filing(.submitted(let body)): [body.complaint.document]
        case .filing(.corrected(let body)): [body.complaint.document]
        case .filing(.correctionRequested(let body)): [body.notice]
        case .filing(.returned(let body)): [body.notice]
        case .filing(.transferAdvised(let body)): [body.notice]
        case .filing(.declined(let body)): [body.ruling]
        case .fee(.paid(let body)): body.receipt.map { [$0] } ?? []
        case .participation(.invited(let body)): [body.letter]
        case .participation(.sentAgain(let body)): [body.letter]
        case .service(.sent(let body)): body.documents
        case .service(.certified(let body)): [body.certificate]
        case .evidence(.answered(let body)): [body.document]
        case .hearing(.opened(let body)): [body.notice]
        case .hearing(.transcriptDrafted(let body)): [body.transcript]
        case .judgment(.signed(let body)): [body.document]
        case .judgment(.withdrawalRuled(let body)): [body.ruling]
        case .court(.benchRedrawn(let body)): [body.notice]
        default: []
        }
    }
}
