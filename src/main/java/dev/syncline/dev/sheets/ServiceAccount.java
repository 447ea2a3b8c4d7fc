package dev.syncline.dev.sheets;

import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** An account that programs log in with. Its key ends with the process. */
final class ServiceAccount {
    static final String PROJECT = "syncline-stand-in";
    private static final int KEY_BITS = 2048;

    private final String email;
    /** Made when it is first needed, for that takes a while. */
    private final FutureTask<KeyPair> keys = new FutureTask<>(ServiceAccount::generate);

    private volatile boolean isRevoked;

    ServiceAccount(String name) {
        this.email = "%s@%s.iam.gserviceaccount.com".formatted(name, PROJECT);
    }

    private static KeyPair generate() throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(KEY_BITS);
        return generator.generateKeyPair();
    }

    private KeyPair keys() {
        keys.run();
        try {
            return keys.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    String email() {
        return email;
    }

    PublicKey publicKey() {
        return keys().getPublic();
    }

    boolean isRevoked() {
        return isRevoked;
    }

    void revoke(boolean on) {
        isRevoked = on;
    }

    /** A key file, as one downloads it from Google. */
    String keyFile(URI tokenUri) {
        String key = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys().getPrivate().getEncoded());
        ObjectNode file = Json.MAPPER.createObjectNode();
        file.put("type", "service_account");
        file.put("project_id", PROJECT);
        file.put("private_key_id", Integer.toHexString(keys().getPublic().hashCode()));
        file.put("private_key", "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n");
        file.put("client_email", email);
        file.put("client_id", "100000000000000000000");
        file.put("auth_uri", tokenUri.resolve("/auth").toString());
        file.put("token_uri", tokenUri.toString());
        file.put("universe_domain", "googleapis.com");
        return file.toPrettyString();
    }
}
