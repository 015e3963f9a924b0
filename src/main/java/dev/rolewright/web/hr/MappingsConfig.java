package dev.rolewright.web.hr;

import com.fasterxml.jackson.core.JsonPointer;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.smallrye.config.WithParentName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How what HR systems say in their own form is read, by their names.
@ConfigMapping(prefix = "rolewright.hr.sender")
interface MappingsConfig {

    @WithParentName
    Map<String, FormConfig> byName();

    /// `rolewright.hr.sender.<name>.…`
    interface FormConfig {

        /// How its own form is read; without one it speaks ours.
        Optional<MappingConfig> mapping();
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

        Optional<LeaverConfig> leaver();

        Optional<BeginningConfig> rehire();

        Optional<BeginningConfig> leave();

        @WithName("return")
        Optional<ReturnConfig> back();

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

    /// Which values at `kind` mean it, and exactly one place of when.
    interface KindConfig {

        List<String> is();

        Optional<JsonPointer> at();
    }

    /// `….mapping.leaver.…`
    interface LeaverConfig extends KindConfig {

        Optional<JsonPointer> lastDay();
    }

    /// `….mapping.rehire.…` and `….mapping.leave.…`
    interface BeginningConfig extends KindConfig {

        Optional<JsonPointer> firstDay();
    }

    /// `….mapping.return.…`
    interface ReturnConfig extends KindConfig {

        Optional<JsonPointer> firstDay();

        Optional<JsonPointer> lastDay();
    }
}
