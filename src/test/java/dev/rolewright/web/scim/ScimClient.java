package dev.rolewright.web.scim;

import static io.restassured.RestAssured.given;

import dev.rolewright.web.auth.TestTokens;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;

/// An identity provider with the test token of the default source.
final class ScimClient {

    static final String TOKEN = TestTokens.SCIM;
    static final String ROOT = "/scim/v2";
    static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
    static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
    static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private ScimClient() {}

    /// A request that has everything but its body.
    static RequestSpecification scim() {
        return anonymous().header("Authorization", "Bearer " + TOKEN);
    }

    static RequestSpecification anonymous() {
        return given().config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                                .encodeContentTypeAs(MediaTypes.SCIM, ContentType.JSON)))
                .urlEncodingEnabled(false)
                .accept(MediaTypes.SCIM);
    }

    static RequestSpecification scim(String body) {
        return scim().contentType(MediaTypes.SCIM).body(body);
    }
}
