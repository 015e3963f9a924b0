package dev.rolewright.web.scim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /scim/v2                          | GET HEAD
            /scim/v2/                         | GET HEAD
            /scim/acme/v2                     | GET HEAD
            /scim/v2/Users                    | GET HEAD POST
            /scim/v2/Users/                   | GET HEAD POST
            /scim/acme/v2/Users               | GET HEAD POST
            /scim/v2/v2                       | GET HEAD POST
            /scim/v2/Users/17                 | GET HEAD PUT PATCH DELETE
            /scim/acme/v2/Devices/17/         | GET HEAD PUT PATCH DELETE
            /scim/v2/Users/.search            | POST
            /scim/v2/.search                  | POST
            /scim/v2/Bulk                     | POST
            /scim/v2/Me                       | GET HEAD
            /scim/v2/Schemas                  | GET HEAD
            /scim/v2/Schemas/urn:x            | GET HEAD
            /scim/v2/ResourceTypes/User       | GET HEAD
            /scim/v2/ServiceProviderConfig    | GET HEAD
            """)
    void knowsWhichMethodsAnAddressHas(String path, String methods) {
        assertThat(Routes.methods(path)).containsExactly(methods.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/scim",
                "/scim/",
                "/scim/acme",
                "/scim/acme/",
                "/scim/v1/Users",
                "/scim/a/b/v2/Users",
                "/scim/v2/Users/17/x",
                "/scim/v2/Users//17",
                "/scim/v2/Users;a=b",
                "/scim/v2/Users/17;a=b",
                "/scim/v2//Users",
                "/scim/v2/Me/x",
                "/scim/v2/Bulk/x",
                "/scim/v2/ServiceProviderConfig/x",
                "/scim/v2/.search/x",
                "/scim/v2/Schemas/.search/x"
            })
    void knowsWhereNothingIs(String path) {
        assertThat(Routes.methods(path)).isEmpty();
    }
}
