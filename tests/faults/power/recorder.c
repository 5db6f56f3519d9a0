// SPDX-License-Identifier: Apache-2.0
// Loaded before a program (LD_PRELOAD): writes every change to files below $POWER_ROOT into $POWER_LOG, in the order in which it
// happened, with its bytes. power.py then makes the folder as a power cut may leave it: nothing that was not synced need be there.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#define MOST 65536
static unsigned char tracked[MOST];
static pthread_mutex_t order = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static int log_fd = -2;
static char root[PATH_MAX];

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int is_ours(const char *path) {
    if (log_fd == -2) {
        const char *where = getenv("POWER_ROOT"), *log = getenv("POWER_LOG");
        log_fd = -1;
        if (where && log) {
            strncpy(root, where, sizeof root - 1);
            log_fd = REAL(open)(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        }
    }
    return log_fd >= 0 && path && !strncmp(path, root, strlen(root)) && !strstr(path, "-shm");
}

static uint64_t ino_of(int fd) {
    struct stat st;
    return fstat(fd, &st) ? 0 : st.st_ino;
}

static void note(char op, uint64_t ino, uint64_t at, const char *path, const char *path2, const void *data, uint32_t size) {
    uint32_t n1 = path ? strlen(path) : 0, n2 = path2 ? strlen(path2) : 0;
    size_t total = 1 + 8 + 8 + 4 + 4 + 4 + n1 + n2 + size;
    char *record = malloc(total), *p = record;
    *p++ = op;
    memcpy(p, &ino, 8), p += 8;
    memcpy(p, &at, 8), p += 8;
    memcpy(p, &n1, 4), p += 4;
    memcpy(p, &n2, 4), p += 4;
    memcpy(p, &size, 4), p += 4;
    if (n1) memcpy(p, path, n1), p += n1;
    if (n2) memcpy(p, path2, n2), p += n2;
    if (size) memcpy(p, data, size);
    if (REAL(write)(log_fd, record, total) != (ssize_t)total) abort();
    free(record);
}

static int opened(const char *path, int flags, mode_t mode) {
    if (!is_ours(path)) return REAL(open64)(path, flags, mode);
    pthread_mutex_lock(&order);
    struct stat st;
    int was_there = !stat(path, &st);
    int fd = REAL(open64)(path, flags, mode);
    int kept = errno;
    if (fd >= 0 && fd < MOST) {
        tracked[fd] = 1;
        if (!was_there && (flags & O_CREAT)) note('C', ino_of(fd), 0, path, 0, 0, 0);
        else if ((flags & O_TRUNC) && st.st_size) note('T', ino_of(fd), 0, 0, 0, 0, 0);
    }
    pthread_mutex_unlock(&order);
    errno = kept;
    return fd;
}

#define MODE() ({ mode_t m = 0; if (flags & (O_CREAT | O_TMPFILE)) { va_list l; va_start(l, flags); m = va_arg(l, mode_t); va_end(l); } m; })
int open(const char *path, int flags, ...) { return opened(path, flags, MODE()); }
int open64(const char *path, int flags, ...) { return opened(path, flags, MODE()); }
int openat(int dir, const char *path, int flags, ...) {
    mode_t mode = MODE();
    return path[0] == '/' ? opened(path, flags, mode) : REAL(openat64)(dir, path, flags, mode);
}
int openat64(int dir, const char *path, int flags, ...) {
    mode_t mode = MODE();
    return path[0] == '/' ? opened(path, flags, mode) : REAL(openat64)(dir, path, flags, mode);
}

int close(int fd) {
    if (fd >= 0 && fd < MOST) tracked[fd] = 0;
    return REAL(close)(fd);
}

#define OURS(fd) ((fd) >= 0 && (fd) < MOST && tracked[fd])

ssize_t write(int fd, const void *data, size_t size) {
    if (!OURS(fd)) return REAL(write)(fd, data, size);
    pthread_mutex_lock(&order);
    ssize_t n = REAL(write)(fd, data, size);
    int kept = errno;
    if (n > 0) note('W', ino_of(fd), lseek64(fd, 0, SEEK_CUR) - n, 0, 0, data, n);
    pthread_mutex_unlock(&order);
    errno = kept;
    return n;
}

static ssize_t put(int fd, const void *data, size_t size, off64_t at) {
    if (!OURS(fd)) return REAL(pwrite64)(fd, data, size, at);
    pthread_mutex_lock(&order);
    ssize_t n = REAL(pwrite64)(fd, data, size, at);
    int kept = errno;
    if (n > 0) note('W', ino_of(fd), at, 0, 0, data, n);
    pthread_mutex_unlock(&order);
    errno = kept;
    return n;
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { return put(fd, data, size, at); }
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) { return put(fd, data, size, at); }

static int cut(int fd, off64_t size) {
    if (!OURS(fd)) return REAL(ftruncate64)(fd, size);
    pthread_mutex_lock(&order);
    int done = REAL(ftruncate64)(fd, size), kept = errno;
    if (!done) note('T', ino_of(fd), size, 0, 0, 0, 0);
    pthread_mutex_unlock(&order);
    errno = kept;
    return done;
}
int ftruncate(int fd, off_t size) { return cut(fd, size); }
int ftruncate64(int fd, off64_t size) { return cut(fd, size); }

static int synced(int fd, int (*real)(int)) {
    if (!OURS(fd)) return real(fd);
    pthread_mutex_lock(&order);
    // Not really: the test decides what is on the medium, and a thousand real syncs would only take long.
    char link[64], path[PATH_MAX];
    struct stat st;
    fstat(fd, &st);
    if (S_ISDIR(st.st_mode)) {
        strcpy(link, "/proc/self/fd/");
        char digits[16];
        int n = 0, left = fd;
        do digits[n++] = '0' + left % 10; while (left /= 10);
        for (int at = 14; n;) link[at++] = digits[--n], link[at] = 0;
        ssize_t size = readlink(link, path, sizeof path - 1);
        path[size < 0 ? 0 : size] = 0;
        note('D', 0, 0, path, 0, 0, 0);
    } else {
        note('S', st.st_ino, 0, 0, 0, 0, 0);
    }
    pthread_mutex_unlock(&order);
    return 0;
}
int fsync(int fd) { return synced(fd, REAL(fsync)); }
int fdatasync(int fd) { return synced(fd, REAL(fdatasync)); }

#define NAMED(condition, real, op, a, b)            \
    if (!(condition)) return real;                  \
    pthread_mutex_lock(&order);                     \
    int done = real, kept = errno;                  \
    if (!done) note(op, 0, 0, a, b, 0, 0);          \
    pthread_mutex_unlock(&order);                   \
    errno = kept;                                   \
    return done

int rename(const char *a, const char *b) { NAMED(is_ours(a), REAL(rename)(a, b), 'R', a, b); }
int renameat(int x, const char *a, int y, const char *b) { NAMED(a[0] == '/' && is_ours(a), REAL(renameat)(x, a, y, b), 'R', a, b); }
int unlink(const char *a) { NAMED(is_ours(a), REAL(unlink)(a), 'U', a, 0); }
int unlinkat(int x, const char *a, int f) { NAMED(a[0] == '/' && is_ours(a), REAL(unlinkat)(x, a, f), 'U', a, 0); }
int link(const char *a, const char *b) { NAMED(is_ours(a), REAL(link)(a, b), 'L', a, b); }
int linkat(int x, const char *a, int y, const char *b, int f) { NAMED(a[0] == '/' && is_ours(a), REAL(linkat)(x, a, y, b, f), 'L', a, b); }
int mkdir(const char *a, mode_t m) { NAMED(is_ours(a), REAL(mkdir)(a, m), 'M', a, 0); }
