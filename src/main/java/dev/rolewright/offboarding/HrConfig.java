package dev.rolewright.offboarding;

import com.fasterxml.jackson.core.JsonPointer;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The HR systems that may speak to us, and how what they say is read.
@ConfigMapping(prefix = "rolewright.hr")
public interface HrConfig {

    /// Where a day begins and ends for whom neither the event nor the directory names a time zone.
    @WithDefault("UTC")
    ZoneId timeZone();

    /// How far the timestamp of a signed request may be from our own clock.
    @WithDefault("5m")
    Duration tolerance();

    Map<String, SenderConfig> sender();

    FeedConfig feed();

    /// `rolewright.hr.feed.…`
    interface FeedConfig {

        /// Bytes of a feed at most.
        @WithDefault("16777216")
        long bodyBytes();

        /// Rows of a feed at most.
        @WithDefault("250000")
        int rows();

        /// How many feeds may be read at the same time; each is a file until its signature is checked and its
        /// rows are in the store.
        @WithDefault("2")
        int atOnce();

        /// Where these files are; without it in the system's folder for such files.
        Optional<Path> directory();

        /// How many of all active people feeds may stop at once, in percent, before a human is asked.
        @WithDefault("20")
        int largestShare();

        /// As few as these never wait.
        @WithDefault("5")
        int atLeast();

        /// How long can be asked what became of a feed.
        @WithDefault("P30D")
        Duration reportLasts();
    }

    /// `rolewright.hr.sender.<name>.…`
    interface SenderConfig {

        /// The bearer token that this sender shows.
        Optional<String> token();

        /// A file with the token instead, read anew for each request; of several lines each is a token, so
        /// that a rotation has no gap.
        Optional<Path> tokenFile();

        /// The key with which it signs; without one, whoever has the token can say anything.
        Optional<String> key();

        /// A file with the key instead, read anew for each request; of several lines each is a key.
        Optional<Path> keyFile();

        /// How its own form is read; without one it speaks ours.
        Optional<MappingConfig> mapping();

        /// Whether what this sender says has to be signed.
        static boolean isSigning(SenderConfig sender) {
            return sender.keyFile().isPresent()
                    || sender.key().filter(key -> !key.isBlank()).isPresent();
        }
    }

    /// `rolewright.hr.sender.<name>.mapping.…`: where in a body of the sender the members of ours are.
    interface MappingConfig {

        /// In a JSON body with several rows: where their array is. The other places are places in a row.
        Optional<JsonPointer> rows();

        /// The sender's own name for what it says; without one it has a name that follows from what is said.
        Optional<JsonPointer> id();

        PersonConfig person();

        /// What tells the kinds of events apart.
        JsonPointer kind();

        Optional<KindConfig> leaver();

        Optional<KindConfig> rehire();

        Optional<KindConfig> leave();

        @WithName("return")
        Optional<KindConfig> back();

        /// The values at `kind` that say nothing which is for us.
        Optional<List<String>> ignore();

        Optional<JsonPointer> timeZone();

        /// How days are written, as in Java's `DateTimeFormatter`.
        @WithDefault("uuuu-MM-dd")
        String dayFormat();
    }

    /// `….mapping.person.…`: exactly one of them.
    interface PersonConfig {

        Optional<JsonPointer> employeeNumber();

        Optional<JsonPointer> email();

        Optional<JsonPointer> userName();

        Optional<JsonPointer> externalId();

        Optional<JsonPointer> id();
    }

    /// `….mapping.leaver.…` and so on: which values at `kind` mean it, and exactly one place of when.
    interface KindConfig {

        List<String> is();

        Optional<JsonPointer> firstDay();

        Optional<JsonPointer> lastDay();

        Optional<JsonPointer> at();
    }
}
