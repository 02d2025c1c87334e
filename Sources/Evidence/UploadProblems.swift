import Hummingbird
import Procedure
import Storage
import Web

/// Why a file did not come in: each cause by its name, with what repairs it.
extension Problem {
    /// A row of the table: status, name, what is wrong, what repairs it.
    private static func upload(
        _ status: HTTPResponse.Status, _ name: String, _ reason: Words, _ remedy: Words
    ) -> Problem {
        Problem(status, code: "upload.\(name)", reason: reason, remedy: remedy)
    }

    static func uploadTooLarge(_ limit: Int64) -> Problem {
        let (zh, en) = (Voice(.chinese).bytes(Int(limit)), Voice(.english).bytes(Int(limit)))
        return upload(
            .contentTooLarge, "too-large", Words("文件太大，最大\(zh)。", "The file is too large; the limit is \(en)."),
            Words("请分成几个文件上传，或到诉讼服务中心提交存储介质。", "Split it, or hand it in on a disk at the court."))
    }

    static let uploadTooLong = upload(
        .contentTooLarge, "too-long", Words("收到的内容比文件原来的长度多。", "More arrived than the file was said to have."),
        Words("文件可能已被修改，请重新选择该文件上传。", "The file may have changed. Choose it again."))

    static let uploadEmpty = upload(
        .unprocessableContent, "empty", Words("文件是空的。", "The file is empty."),
        Words("请选择另一份文件。", "Choose another file."))

    static let uploadGone = upload(
        .notFound, "gone", Words("没有这次上传，或者已被清理。", "There is no such upload, or it was cleaned away."),
        Words("请重新选择文件上传。", "Choose the file again."))

    static let uploadSuperseded = upload(
        .conflict, "superseded", Words("同一文件正在另一处继续上传。", "The same file goes on being uploaded elsewhere."),
        Words("请先查询已收到的长度，再从该处继续。", "Ask how much has arrived, then go on from there."))

    static func uploadIncomplete(_ name: String) -> Problem {
        upload(
            .unprocessableContent, "incomplete",
            Words("文件“\(name)”还没有传完。", "The file “\(name)” has not arrived completely."),
            Words("请等待上传完成，或移除后再继续。", "Wait until it has, or remove it."))
    }

    static let uploadLineBroke = upload(
        .requestTimeout, "line-broke", Words("连接中断，已收到的部分保留着。", "The connection broke. What arrived is kept."),
        Words("请从断点继续。", "Go on from where it stopped."))

    static let uploadDiskFull = upload(
        .noRoom, "disk-full",
        Words("法院的存储空间暂时不足，已收到的部分保留着。", "The court has no room left just now. What arrived is kept."),
        Words("请稍后继续，或到诉讼服务中心提交。", "Go on later, or hand it in at the court."))

    static func uploadTooMany(_ limit: Int) -> Problem {
        upload(
            .noRoom, "too-many", Words("尚未使用的上传文件已达\(limit)个。", "You have \(limit) uploads that are not used yet."),
            Words("请先提交或移除已上传的文件。", "Hand in or remove some of them first."))
    }

    static func uploadQuota(_ limit: Int64) -> Problem {
        let (zh, en) = (Voice(.chinese).bytes(Int(limit)), Voice(.english).bytes(Int(limit)))
        return upload(
            .noRoom, "quota", Words("尚未使用的上传文件合计超过\(zh)。", "Your uploads not used yet would exceed \(en) in all."),
            Words("请先提交或移除已上传的文件。", "Hand in or remove some of them first."))
    }

    static let uploadWrongType = upload(
        .unsupportedMediaType, "content-type", Words("上传内容的类型不正确。", "The content type of the upload is wrong."),
        Words(
            "请使用 application/offset+octet-stream。", "Send it as application/offset+octet-stream."))

    static let uploadVersion = upload(
        .preconditionFailed, "protocol", Words("不支持这个上传协议版本。", "This version of the upload protocol is not supported."),
        Words("请使用 Tus-Resumable: 1.0.0。", "Send Tus-Resumable: 1.0.0."))

    static func uploadHeader(_ name: String) -> Problem {
        upload(
            .badRequest, "header", Words("缺少请求头 \(name)，或其内容不正确。", "The header \(name) is missing or makes no sense."),
            Words("请刷新页面后重新选择文件。", "Reload the page and choose the file again."))
    }
}

/// Tells what the file store refuses in words people can act on.
func tellingUploads<Result>(_ work: () async throws -> Result) async throws -> Result {
    do {
        return try await work()
    } catch let error as UploadError {
        switch error {
        case .tooLarge(let limit): throw Problem.uploadTooLarge(limit)
        case .tooLong: throw Problem.uploadTooLong
        case .superseded: throw Problem.uploadSuperseded
        case .gone: throw Problem.uploadGone
        case .incomplete: throw Problem.uploadIncomplete("")
        // Has an answer of its own, with the true offset in a header.
        case .wrongOffset: throw error
        }
    } catch let error as DiskError where error.isFull {
        throw Problem.uploadDiskFull
    }
}

extension HTTPResponse.Status {
    fileprivate static let noRoom = HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
}
