package dev.rolewright.web.hr;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.Arrays;

/// What some write before UTF-8, and what says nothing there.
final class ByteOrderMark {

    private static final byte[] BYTES = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private ByteOrderMark() {}

    /// Leaves out one at the beginning.
    static BufferedInputStream skip(BufferedInputStream in) throws IOException {
        in.mark(BYTES.length);
        if (!Arrays.equals(in.readNBytes(BYTES.length), BYTES)) {
            in.reset();
        }
        return in;
    }
}
