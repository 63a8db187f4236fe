/* Whose certificates are trusted. */
#include <dirent.h>
#include <unistd.h>

#include "runner/transport/easy.h"

static bool holds_files(const char *folder)
{
    DIR *entries = folder ? opendir(folder) : NULL;
    const struct dirent *entry;
    bool found = false;

    while (entries && !found && (entry = readdir(entries)))
        found = entry->d_name[0] != '.';
    if (entries)
        closedir(entries);
    return found;
}

/* Debian's certificates lie in a directory and in a bundle. Given the directory
 * too, libcurl reads it anew for every connection (27 ms); the bundle alone is
 * read once. */
void trust_set(CURL *easy, const char *ca_path)
{
    static const char bundle[] = "/etc/ssl/certs/ca-certificates.crt";

    const curl_version_info_data *about = curl_version_info(CURLVERSION_NOW);
    const char *folder = NULL;

    if (!ca_path && access(bundle, R_OK) == 0)
        ca_path = bundle;
    if (!ca_path) {
        ca_path = about->cainfo;
        folder = about->capath;
    }
    /* A bundle that is not there would fail what the folder can verify. */
    if (ca_path && access(ca_path, R_OK) != 0 && holds_files(folder))
        ca_path = NULL;
    curl_easy_setopt(easy, CURLOPT_CAPATH, folder);
    curl_easy_setopt(easy, CURLOPT_CAINFO, ca_path);
}
