extension SeedBytesTable {
    /// What is asked of a model that draws the digit it is told.
    static let conditionalRows: [Row] =
        (0...9).map { Row(kind: .bytes, command: "digitgen \($0) --count 64 --seed 1 --format raw") }
        + rows(
            (.bytes, "digitgen 7 --count 64 --seed 18446744073709551615 --format raw"),
            (.bytes, "digitgen 90210 --count 64 --seed 1 --format raw"),
            (.bytes, "digitgen 7 --count 64 --seed 1 --style 12 --format raw"),
            (.bytes, "digitgen 7 --count 64 --seed 1 --style 12 --vary 0.3 --format raw"),
            (.bytes, "digitgen 90210 --count 64 --seed 1 --morph 3:8 --format raw"),
            (.bytes, "digitgen --count 64 --seed 1 --morph 3:8 --style 12 --format raw"),
            (.bytes, "digitgen --sheet --count 6 --seed 1 --style 5 --padding 2 --format pgm"),
            (.bytes, "digitgen 7 --count 64 --seed 1 --format idx"),
            (.bytes, "digitgen --count 64 --seed 1 --format npy"),
            (
                .bytes,
                "digitgen dataset --count 64 --seed 1 -o d; cat d/images-idx3-ubyte d/labels-idx1-ubyte"
            ),
            (
                .bytes,
                "digitgen dataset --count 64 --seed 1 --digits 38 --format npy -o d; cat d/images.npy d/labels.npy"
            ),
            (.archive, "digitgen dataset --count 64 --seed 1 --format tar -o d; cat d/digits.tar"),
            (.picture, "digitgen 90210 --count 4 --seed 1"),
            (.picture, "digitgen 7 --count 4 --seed 1 --style 12 --vary 0.3 --scale 3 --padding 4 --invert"),
            (
                .reply,
                #"echo '{"digits":"7","count":64,"seed":1,"style":12,"vary":0.3,"format":"raw"}' | digitgen serve"#
            ),
            (
                .reply,
                #"echo '{"digits":"7","count":64,"seed":1,"first":9007199254740927,"format":"raw"}' | digitgen serve"#
            ),
            (.file, "digitgen dataset --count 64 --seed 1 --format tar -o d; cat d/digits.tar"),
            (.bytes, "digitgen 90210 --count 64 --seed 1 --diverse --format raw"))

    /// What is asked of a model that draws lines, too.
    static let lineRows = rows(
        (.bytes, "digitgen --pattern '#####' --count 64 --seed 1 --height 32 --across 256 --format raw"),
        (
            .bytes,
            "digitgen --pattern '(###) ###-####' --count 16 --seed 1 --style 12 --vary 0.3 --across 640 --format npy"
        ),
        (.bytes, "digitgen 90210 --count 4 --seed 1 --height 300 --across 2000 --format raw"),
        (
            .picture,
            "digitgen '+1,2.3/4:5-6 (7)' --count 4 --seed 1 --spacing 30 --slope 8 --touch 40 --wander 9"
        ),
        (.bytes, "digitgen --length 5 --count 64 --seed 1 --diverse --height 32 --across 256 --format raw"),
        (.picture, "digitgen '4 2' --count 4 --seed 1 --boxes --invert"),
        (
            .archive,
            "digitgen dataset --pattern amount --count 64 --seed 1 --format tar -o d; cat d/lines.tar"
        ),
        (
            .bytes,
            "digitgen dataset --pattern date-us --count 4 --seed 1 --page 480x320 --labels coco -o d; "
                + "cat d/annotations.json"
        ))

    /// The requests of an unconditional model.
    static let unconditionalRows = rows(
        (.bytes, "digitgen --count 64 --seed 1 --format raw"),
        (.bytes, "digitgen --count 64 --seed 18446744073709551615 --format raw"),
        (.bytes, "digitgen --count 64 --seed 1 --style 12 --format raw"),
        (.bytes, "digitgen --count 64 --seed 1 --style 12 --vary 0.3 --format raw"),
        (.bytes, "digitgen --count 64 --seed 1 --format idx"),
        (.bytes, "digitgen --count 64 --seed 1 --format npy"),
        (.bytes, "digitgen dataset --count 64 --seed 1 -o d; cat d/images-idx3-ubyte"),
        (.bytes, "digitgen dataset --count 64 --seed 1 --format npy -o d; cat d/images.npy"),
        (.archive, "digitgen dataset --count 64 --seed 1 --format tar -o d; cat d/digits.tar"),
        (.picture, "digitgen --count 4 --seed 1"),
        (.reply, #"echo '{"count":64,"seed":1,"style":12,"vary":0.3,"format":"raw"}' | digitgen serve"#),
        (
            .reply,
            #"echo '{"count":64,"seed":1,"first":9007199254740927,"format":"raw"}' | digitgen serve"#
        ),
        (.file, "digitgen dataset --count 64 --seed 1 --format tar -o d; cat d/digits.tar"))

    private static func rows(_ requests: (SeedBytesKind, String)...) -> [Row] {
        requests.map { Row(kind: $0.0, command: $0.1) }
    }
}
