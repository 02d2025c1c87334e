import Procedure
import Web

// A page that no server draws again carries both languages; its own switch hides one of them.

func both(_ words: Words) -> HTML {
    "<span lang=\"zh-CN\">\(words.zh)</span><span lang=\"en\">\(words.en)</span>"
}

func both(_ zh: String, _ en: String) -> HTML { both(Words(zh, en)) }

/// What each language's voice says, such as a time.
func both(in zone: CourtZone, _ say: (Voice) -> HTML) -> HTML {
    """
    <span lang="zh-CN">\(say(Voice(.chinese, zone: zone)))</span><span lang="en">\(say(Voice(.english, zone: zone)))</span>
    """
}
