/*
 * Disks that fail: preloaded into a program, this makes one of its writing calls fail.
 *
 * Every call that changes a file whose path begins with FAILING_PREFIX is counted, over all
 * threads and child processes together. FAILING_AT says which one fails (0: none), FAILING_ERRNO
 * with which number, FAILING_MODE how:
 *     once  that one call
 *     from  that one and every one after it
 *     torn  that one call, after the first half of what it should write is in the file
 * FAILING_COUNT is a file with room for a `struct tally`; it is mapped, so it survives a kill.
 *
 * Linux on 64 bits. What lies behind a file descriptor is asked of /proc at each call: this costs
 * a few microseconds and cannot go stale by dup, fork or fdopen. Not seen: stores into mapped memory
 * (SQLite's -shm, which holds nothing that must last) and writes through stdio's FILE.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

struct tally { atomic_long loaded, calls, failed; };
static struct tally *tally;
static const char *prefix;
static long at;
static int number;
static char mode;

__attribute__((constructor)) static void set_up(void)
{
    const char *count = getenv("FAILING_COUNT");
    int fd = count ? syscall(SYS_openat, AT_FDCWD, count, O_RDWR | O_CLOEXEC) : -1;
    void *map = mmap(NULL, sizeof *tally, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (map == MAP_FAILED)
        _exit(120);
    syscall(SYS_close, fd);
    tally = map;
    tally->loaded = 1;
    at = atol(getenv("FAILING_AT"));
    number = atoi(getenv("FAILING_ERRNO"));
    mode = *getenv("FAILING_MODE");
    prefix = getenv("FAILING_PREFIX");
}

/* Is this call to be counted: does its path begin with the prefix? A path of NULL or "" is `fd`'s. */
static int watched(int fd, const char *path)
{
    char link[32] = "/proc/self/cwd", whole[2 * PATH_MAX] = "";
    int kept = errno;
    if (!prefix)
        return 0;
    if (path && *path == '/')
        return !strncmp(path, prefix, strlen(prefix));
    if (fd != AT_FDCWD)
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, whole, PATH_MAX);
    errno = kept;
    if (length < 0)
        return 0;
    if (path)
        snprintf(whole + length, PATH_MAX, "/%s", path);
    return !strncmp(whole, prefix, strlen(prefix));
}

/* Count one watched call; say whether it is to fail. */
static int fails(void)
{
    long n = ++tally->calls;
    int hit = at && (mode == 'f' ? n >= at : n == at);
    if (hit) {
        tally->failed++;
        errno = number;
    }
    return hit;
}

static int opens(int fd, const char *path, int flags, va_list rest)
{
    int makes = flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE;
    int mode_of_new = makes ? va_arg(rest, int) : 0;
    if ((makes || (flags & O_ACCMODE) != O_RDONLY) && watched(fd, path) && fails())
        return -1;
    return syscall(SYS_openat, fd, path, flags, mode_of_new);
}

#define OPEN(name)                                      \
    int name(const char *path, int flags, ...)          \
    {                                                   \
        va_list rest;                                   \
        va_start(rest, flags);                          \
        int fd = opens(AT_FDCWD, path, flags, rest);    \
        va_end(rest);                                   \
        return fd;                                      \
    }
#define OPENAT(name)                                    \
    int name(int folder, const char *path, int flags, ...) \
    {                                                   \
        va_list rest;                                   \
        va_start(rest, flags);                          \
        int fd = opens(folder, path, flags, rest);      \
        va_end(rest);                                   \
        return fd;                                      \
    }
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

ssize_t write(int fd, const void *bytes, size_t many)
{
    int failing = watched(fd, NULL) && fails();
    if (failing && mode == 't')
        syscall(SYS_write, fd, bytes, many / 2);
    return failing ? -1 : syscall(SYS_write, fd, bytes, many);
}

ssize_t pwrite64(int fd, const void *bytes, size_t many, off64_t place)
{
    int failing = watched(fd, NULL) && fails();
    if (failing && mode == 't')
        syscall(SYS_pwrite64, fd, bytes, many / 2, place);
    return failing ? -1 : syscall(SYS_pwrite64, fd, bytes, many, place);
}

ssize_t pwrite(int fd, const void *bytes, size_t many, off_t place)
{
    return pwrite64(fd, bytes, many, place);
}

ssize_t sendfile64(int fd, int from, off64_t *place, size_t many) /* Python's shutil.copyfile */
{
    return watched(fd, NULL) && fails() ? -1 : syscall(SYS_sendfile, fd, from, place, many);
}

int fsync(int fd)
{
    return watched(fd, NULL) && fails() ? -1 : syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
    return watched(fd, NULL) && fails() ? -1 : syscall(SYS_fdatasync, fd);
}

int ftruncate64(int fd, off64_t length)
{
    return watched(fd, NULL) && fails() ? -1 : syscall(SYS_ftruncate, fd, length);
}

int ftruncate(int fd, off_t length)
{
    return ftruncate64(fd, length);
}

int renameat(int from, const char *old, int to, const char *new)
{
    int failing = (watched(from, old) || watched(to, new)) && fails();
    return failing ? -1 : syscall(SYS_renameat2, from, old, to, new, 0);
}

int rename(const char *old, const char *new)
{
    return renameat(AT_FDCWD, old, AT_FDCWD, new);
}

int unlinkat(int folder, const char *path, int flags)
{
    return watched(folder, path) && fails() ? -1 : syscall(SYS_unlinkat, folder, path, flags);
}

int unlink(const char *path)
{
    return unlinkat(AT_FDCWD, path, 0);
}
