import Procedure
import Web

extension OfferedExhibit.Origin {
    var name: Words {
        switch self {
        case .electronicData: Words("电子数据", "Electronic from the start")
        case .digitisedCopy: Words("纸质或实物的扫描、拍照件", "A scan or photograph of something on paper")
        case .courtAssisted: Words("法院协助数字化", "Digitised by the court for the person")
        }
    }
}

extension OriginalFormFound.Ground {
    var name: Words {
        switch self {
        case .noObjection: Words("对方对一致性没有异议", "The other side raised no objection to the copy")
        case .notarised: Words("制作过程经过公证", "The copying was notarised")
        case .confirmedEarlier: Words("在先前诉讼中提交并经法院确认", "Confirmed by a court in an earlier case")
        case .compared: Words("已与原件比对一致", "Compared with the original and found the same")
        case .otherEvidence: Words("有其他证据证明一致", "Other evidence shows that it is the same")
        }
    }
}

extension OpinionGiven {
    /// The three answers in their fixed order.
    var views: [(quality: ExhibitQuality, view: View)] {
        [(.authenticity, authenticity), (.legality, legality), (.relevance, relevance)]
    }
}

extension ExhibitFound {
    var findings: [(quality: ExhibitQuality, finding: Finding)] {
        [(.authenticity, authenticity), (.legality, legality), (.relevance, relevance)]
    }
}

/// One exhibit as pages show it: what it is, then what was said and found about it.
struct ExhibitPieces: Sendable {
    let exhibit: EvidenceState.Exhibit
    let matter: OpenCase
    let voice: Voice

    var title: String {
        voice("证据\(exhibit.ordinal)　", "Exhibit \(exhibit.ordinal) · ") + exhibit.offered.name
    }

    var path: String { "/cases/\(matter.docket)/exhibits/\(exhibit.offered.exhibit)" }
    var filePath: String { "/files/\(matter.docket)/\(exhibit.offered.file.file)" }

    var link: HTML {
        let file = exhibit.offered.file
        return DocumentLink(file.name, path: filePath, bytes: file.bytes, kind: MediaName.of(file.mediaType)).html(
            voice)
    }

    var facts: HTML {
        Facts([
            .init(Words("证明内容", "What it proves"), "\(said: exhibit.offered.proves)"),
            .init(Words("来源", "Origin"), "\(voice(exhibit.offered.origin.name))"),
            .init(Words("文件", "File"), link),
            .init(Words("提交时间", "Handed in"), voice.happened(exhibit.on)),
            .init(
                Words("SHA-256摘要", "SHA-256 digest"), "<code class=\"digest\">\(exhibit.offered.file.digest.hex)</code>"
            ),
        ]).html(voice)
    }

    /// Whether the others have spoken, in one line.
    var standing: String {
        if exhibit.finding != nil { return voice("法院已认定", "The court has made its findings") }
        let others = matter.state.parties.others(than: exhibit.by)
        let spoken = others.filter { exhibit.opinions[$0.party] != nil }.count
        if spoken == others.count { return voice("对方已发表意见", "The other side has given its opinion") }
        return voice("尚未质证", "Not yet examined")
    }

    var opinions: HTML {
        let others = matter.state.parties.others(than: exhibit.by)
        return others.map { place in
            guard let opinion = exhibit.opinions[place.party] else {
                return "<p>\(voice(place.role.name))\(voice("尚未发表意见。", " has not given an opinion yet."))</p>" as HTML
            }
            return """
                <h3>\(voice("\(place.role.name.zh)的质证意见", "Opinion of the \(place.role.name.en.lowercased())"))</h3>
                \(Facts(opinion.views.map { quality, view in
                    Facts.Fact(quality.name, said(view.accepted ? voice("认可", "Accepted") : voice("有异议", "Disputed"), view.reason))
                }).html(voice))\(opinion.differsFromOriginal.map { differs($0) })
                """
        }.joined()
    }

    var findings: HTML {
        var pieces: [HTML] = []
        if let form = exhibit.form {
            pieces.append(
                "<p>\(voice("视为符合原件形式：", "Meets the form of an original: "))\(said(voice(form.ground.name), form.reason)) \(ArticleLink(.originalForm).html(voice))</p>"
            )
        }
        if let finding = exhibit.finding {
            let facts = finding.findings.map { quality, finding in
                Facts.Fact(
                    quality.name,
                    said(finding.upheld ? voice("予以确认", "Found") : voice("不予确认", "Not found"), finding.reason))
            }
            pieces.append(Facts(facts).html(voice))
        }
        guard !pieces.isEmpty else { return .empty }
        return "<h3>\(voice("法院认定", "Findings of the court"))</h3>\(pieces)"
    }

    private func said(_ word: String, _ reason: String) -> HTML {
        "<strong>\(word)</strong>\(reason.isEmpty ? nil : " <span>\(said: reason)</span>")"
    }

    private func differs(_ grounds: String) -> HTML {
        Notice(
            .warning, title: Words("称复制件与原件不一致", "Said to differ from the original"),
            "<p>\(said: grounds) \(ArticleLink(.originalsRequired).html(voice))</p>"
        ).html(voice)
    }
}

/// Kinds of file as people say them.
enum MediaName {
    static func of(_ mediaType: String) -> String {
        let names = [
            "application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG", "image/heic": "HEIC",
            "video/mp4": "MP4", "video/quicktime": "MOV", "audio/mpeg": "MP3", "text/plain": "TXT",
        ]
        return names[mediaType] ?? mediaType.split(separator: "/").last.map { $0.uppercased() } ?? mediaType
    }
}
